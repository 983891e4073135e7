"""What must hold for any two configurations: the commands lead there, the rollback leads back, nothing is seen twice."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from siteauto.core.config import (
    ConfigTree,
    apply,
    diff,
    diff_text,
    exact_diff,
    normalise,
    parse,
    remediate,
    to_candidate,
    to_text,
)
from siteauto.platforms.cisco_ios import CONFIG as IOS
from siteauto.platforms.fortinet import CONFIG as FORTIOS

relaxed = settings(
    max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

INSIDE = st.sampled_from(
    [
        "description a", "description b  c", "shutdown", "no shutdown", "switchport mode trunk", "switchport mode access",
        "switchport access vlan 10", "switchport trunk allowed vlan 10,20-22", "switchport trunk allowed vlan 20,99",
        "switchport trunk allowed vlan add 30", "switchport trunk allowed vlan all", "switchport trunk allowed vlan none",
        "ip address 10.0.0.1 255.255.255.0", "ip address 10.0.1.1 255.255.255.0 secondary",
        "ip helper-address 10.0.0.9", "vrf forwarding RED", "no ip redirects", "spanning-tree portfast", "no switchport",
        "ip access-group A in", "frobnicate",
    ]
)  # fmt: skip
ENTRY = st.sampled_from([f"permit tcp any any eq {port}" for port in range(6)] + ["permit ip any any", "remark x"])
TOP = st.sampled_from(
    [
        "hostname a", "hostname b", "ntp server 10.0.0.1", "ntp server 10.0.0.2 prefer", "no ip http server",
        "ip http server", "ip route 0.0.0.0 0.0.0.0 10.0.0.1", "ip dhcp snooping vlan 10,20", "ip dhcp snooping vlan 20-25",
        "username a privilege 15 secret 9 x", "username a privilege 1 secret 9 x", "banner motd #\nhello\nno banner\n#",
        "banner motd #bye#", "vlan 10,20", "vlan 10\n name x", "frobnicate x\n colour red", "frobnicate x\n colour blue",
        "no logging console", "version 17.9", "crypto pki certificate chain X\n certificate 01\n  AA\n  AA\n  \tquit",
    ]
)  # fmt: skip


@st.composite
def ios_texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(TOP, max_size=6))
    for name in draw(st.lists(st.sampled_from(["Gi1/0/1", "GigabitEthernet1/0/2", "Vlan10"]), unique=True, max_size=3)):
        parts += [f"interface {name}", *(f" {line}" for line in draw(st.lists(INSIDE, max_size=5)))]
    if draw(st.booleans()):
        parts += ["ip access-list extended A", *(f" {line}" for line in draw(st.lists(ENTRY, max_size=6)))]
    return "\n".join((*parts, ""))


VALUES = st.sampled_from(['"all"', '"h1" "h2"', '"h2" "h1"', '"h3"'])


@st.composite
def fortios_texts(draw: st.DrawFn) -> str:
    lines = ["config firewall address"]
    for name in draw(st.lists(st.sampled_from(["h1", "h2", "h 3"]), unique=True)):
        lines += [f'edit "{name}"', f"set subnet 10.0.0.{draw(st.integers(1, 3))} 255.255.255.255"]
        lines += draw(st.lists(st.sampled_from(['set comment "a\nend"', "set color 3", "set type ipmask"]), max_size=2))
        lines += ["next"]
    lines += ["end", "config firewall policy"]
    for number in draw(st.lists(st.integers(1, 5), unique=True)):
        lines += [f"edit {number}", f"set srcaddr {draw(VALUES)}", "next"]
    lines += ["end", "config router bgp", "set as 65001", "config neighbor"]
    for number in draw(st.lists(st.integers(1, 3), unique=True)):
        lines += [f'edit "10.0.0.{number}"', f"set remote-as {draw(st.integers(1, 3))}", "next"]
    return "\n".join((*lines, "end", "end", ""))


def check(running: ConfigTree, intended: ConfigTree) -> None:
    found = remediate(running, intended)
    after = apply(running, found.commands)
    assert found.converges == (not diff(after, intended).significant and not found.refused)
    assert not found.rollback_leaves
    guarded = [reason for reason in found.refused if not reason.startswith("the ")]
    assert guarded or not found.refused, found.refused
    assert not exact_diff(apply(after, found.rollback), running).significant
    assert bool(diff_text(diff(running, intended))) == bool(diff(running, intended).significant)
    if not diff(running, intended).significant:
        assert not found.commands


@relaxed
@given(ios_texts(), ios_texts())
def test_ios_remediation_leads_there_and_back(running: str, intended: str):
    check(normalise(IOS, running), normalise(IOS, intended))


@relaxed
@given(fortios_texts(), fortios_texts())
def test_fortios_remediation_leads_there_and_back(running: str, intended: str):
    found = remediate(normalise(FORTIOS, running), normalise(FORTIOS, intended))
    assert found.converges, found.refused
    check(normalise(FORTIOS, running), normalise(FORTIOS, intended))


@relaxed
@given(ios_texts())
def test_ios_text_is_stable(text: str):
    once = to_text(parse(IOS, text))
    assert to_text(parse(IOS, once)) == once
    tree = normalise(IOS, text)
    assert not diff(tree, tree).differences
    assert not exact_diff(normalise(IOS, to_candidate(tree)), tree).significant


@relaxed
@given(fortios_texts())
def test_fortios_text_is_stable(text: str):
    once = to_text(parse(FORTIOS, text))
    assert to_text(parse(FORTIOS, once)) == once
    tree = normalise(FORTIOS, text)
    assert not diff(tree, tree).differences
    assert not exact_diff(normalise(FORTIOS, to_candidate(tree)), tree).significant
