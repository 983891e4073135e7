"""What must hold for any two configurations of the other indented platforms: there, back, and nothing seen twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from siteauto.core.config import apply, diff, exact_diff, normalise, parse, remediate, to_candidate, to_text
from siteauto.platforms import load_platforms

RULES = {name: spec.config for name, spec in load_platforms().items()}
relaxed = settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

ENTRIES = [f"extended permit tcp any any eq {port}" for port in range(5)]
ASA = st.lists(st.sampled_from([*ENTRIES, "remark a", "remark b", "extended deny ip any any"]), max_size=8)
BANNER = st.lists(st.sampled_from([".", "hello", "no banner motd"]), max_size=4)


@st.composite
def asa_texts(draw: st.DrawFn) -> str:
    lines = [f"access-list OUT {entry}" for entry in draw(ASA)] + [f"banner motd {line}" for line in draw(BANNER)]
    lines += draw(
        st.sampled_from(
            [[], ["object network WEB", " host 10.0.0.1"], ["object network WEB", " subnet 10.0.0.0 255.0.0.0"]]
        )
    )
    return "\n".join((*lines, ""))


PORTS = {
    "arista_eos": ("Ethernet1", "Et2", "Vlan10", "Port-Channel5"),
    "aruba_aoscx": ("1/1/1", "1/1/2", "vlan10", "lag 5"),
    "cisco_nxos": ("Ethernet1/1", "Eth1/2", "Vlan10", "port-channel5"),
}
TRUNK = {"arista_eos": "switchport trunk allowed vlan", "aruba_aoscx": "vlan trunk allowed"}
INSIDE = {
    "arista_eos": ("switchport", "no switchport", "vrf RED", "switchport mode trunk", "switchport access vlan 3"),
    "aruba_aoscx": ("routing", "no routing", "vrf attach RED", "vlan access 3", "vlan trunk native 7"),
    "cisco_nxos": (
        "switchport",
        "no switchport",
        "vrf member RED",
        "switchport mode trunk",
        "switchport access vlan 3",
    ),
}
TOP = {
    "arista_eos": ("banner motd\nhello\nno x\nEOF", "vlan 10,20", "vlan 10\n   name x", "hostname a", "no aaa root"),
    "aruba_aoscx": (
        "banner motd $\nhello\n$",
        "vlan 10,20",
        "vlan 10\n    name x",
        "hostname a",
        "https-server vrf mgmt",
    ),
    "cisco_nxos": (
        "banner motd #hello#",
        "vlan 10,20",
        "vlan 10\n  name x",
        "feature vpc",
        "vpc domain 1\n  role priority 3",
    ),
}
LIST = {"arista_eos": "ip access-list A", "aruba_aoscx": "access-list ip A", "cisco_nxos": "ip access-list A"}


@st.composite
def switch_texts(draw: st.DrawFn, platform: str) -> str:
    trunk = TRUNK.get(platform, TRUNK["arista_eos"])
    inside = [
        *INSIDE[platform],
        f"{trunk} 10,20-22",
        f"{trunk} 30",
        f"{trunk} all",
        "shutdown",
        "no shutdown",
        "mtu 9000",
    ]
    inside += ["ip address 10.0.0.1/24", "ip address 10.0.1.1/24 secondary", "description a  b", "frobnicate"]
    parts = draw(st.lists(st.sampled_from(TOP[platform]), max_size=4))
    for name in draw(st.lists(st.sampled_from(PORTS[platform]), unique=True, max_size=3)):
        parts += [f"interface {name}", *(f"  {line}" for line in draw(st.lists(st.sampled_from(inside), max_size=5)))]
    entries = st.sampled_from([f"permit tcp any any eq {port}" for port in range(6)])
    parts += (
        [LIST[platform], *(f"  {entry}" for entry in draw(st.lists(entries, max_size=6)))]
        if draw(st.booleans())
        else []
    )
    return "\n".join((*parts, ""))


def check(platform: str, one: str, other: str) -> None:
    rules = RULES[platform]
    running, intended = normalise(rules, one), normalise(rules, other)
    found = remediate(running, intended)
    after = apply(running, found.commands)
    guarded = [reason for reason in found.refused if not reason.startswith("the commands")]
    assert guarded or not diff(after, intended).significant, found
    kept = [reason for reason in found.rollback_leaves if not reason.startswith("the rollback")]
    assert kept or not exact_diff(apply(after, found.rollback), running).significant, "it leads back, or says why not"
    assert not diff(running, running).differences
    once = to_text(parse(rules, one))
    assert to_text(parse(rules, once)) == once
    assert not exact_diff(normalise(rules, to_candidate(running)), running).significant


@relaxed
@given(asa_texts(), asa_texts())
def test_asa(one: str, other: str):
    check("cisco_asa", one, other)


@pytest.mark.parametrize("platform", sorted(PORTS))
def test_switches(platform: str):
    @relaxed
    @given(switch_texts(platform), switch_texts(platform))
    def holds(one: str, other: str) -> None:
        check(platform, one, other)

    holds()
