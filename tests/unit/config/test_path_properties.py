"""What must hold for any two trees of paths: Junos and PAN-OS."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from siteauto.core.config import (
    ConfigRules,
    ConfigTree,
    apply,
    diff,
    exact_diff,
    normalise,
    parse,
    remediate,
    to_candidate,
    to_text,
)
from siteauto.platforms.juniper_junos import CONFIG as JUNOS
from siteauto.platforms.paloalto_panos import CONFIG as PANOS

relaxed = settings(
    max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

JUNOS_LINES = st.sampled_from(
    [
        "set system services ssh",
        "set system services ssh root-login deny", "set system name-server 10.0.0.1", "set system name-server 10.0.0.2",
        "set frobnicator", "set frobnicator red", "set frobnicator red blue", "set frobnicator green 7",
        "set interfaces ge-0/0/1 unit 0", "set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.1/24",
        "set interfaces ge-0/0/1 description \"a  b\"", "set interfaces ge-0/0/1 disable",
        "set interfaces ge-0/0/2 unit 0 family ethernet-switching vlan members [ a b ]",
        "set interfaces ge-0/0/2 unit 0 family ethernet-switching vlan members c",
        "deactivate interfaces ge-0/0/1", "deactivate system host-name", "protect interfaces ge-0/0/2 unit 0",
        "set groups g interfaces <*> mtu 9000", "set apply-groups [ g h ]", "set apply-groups h",
        "set policy-options policy-statement p then reject",
        "set protocols bgp group g export [ x y ]", "set protocols bgp group g export y",
        "set system ntp server 10.0.0.1 key 1 prefer", "set snmp community c authorization read-only",
        "set security pki certificate \"a\nset b;\nc\"",
    ]
)  # fmt: skip
TERMS = st.lists(st.sampled_from("abcde"), unique=True)


@st.composite
def junos_texts(draw: st.DrawFn) -> str:
    lines = [f"set system host-name {draw(st.sampled_from('ab'))}", *draw(st.lists(JUNOS_LINES, max_size=10))]
    start = "set firewall family inet filter f term"
    lines += [f"{start} {name} from source-address 10.0.0.{draw(st.integers(1, 3))}" for name in draw(TERMS)]
    lines.sort(key=lambda line: line.startswith("deactivate"))
    return "\n".join((*lines, ""))


@st.composite
def panos_texts(draw: st.DrawFn) -> str:
    lines = []
    for name in draw(TERMS):
        lines += [
            f'set rulebase security rules "r {name}" source {draw(st.sampled_from(["any", "[ x y ]", "[ y x ]"]))}'
        ]
    for name in draw(TERMS):
        lines += [f"set address {name} ip-netmask 10.0.0.{draw(st.integers(1, 3))}"]
    return "\n".join((*lines, ""))


def check(running: ConfigTree, intended: ConfigTree) -> None:
    found = remediate(running, intended)
    assert found.converges, (found.commands, found.refused)
    assert not found.rollback_leaves
    after = apply(running, found.commands)
    assert not diff(after, intended).significant
    assert not exact_diff(apply(after, found.rollback), running).significant
    if not diff(running, intended).significant:
        assert not found.commands


def check_text(rules: ConfigRules, text: str) -> None:
    once = to_text(parse(rules, text))
    assert to_text(parse(rules, once)) == once
    tree = normalise(rules, text)
    assert not diff(tree, tree).differences
    assert to_candidate(normalise(rules, to_candidate(tree))) == to_candidate(tree)
    assert not exact_diff(normalise(rules, once), tree).significant  # braces and set lines are one
    made = remediate(ConfigTree(rules=rules), tree).commands
    assert not exact_diff(normalise(rules, "\n".join(made)), tree).significant


@relaxed
@given(junos_texts(), junos_texts())
def test_junos_remediation_leads_there_and_back(running: str, intended: str):
    check(normalise(JUNOS, running), normalise(JUNOS, intended))


@relaxed
@given(panos_texts(), panos_texts())
def test_panos_remediation_leads_there_and_back(running: str, intended: str):
    check(normalise(PANOS, running), normalise(PANOS, intended))


@relaxed
@given(junos_texts())
def test_junos_text_is_stable(text: str):
    check_text(JUNOS, text)


@relaxed
@given(panos_texts())
def test_panos_text_is_stable(text: str):
    check_text(PANOS, text)


def test_a_setting_that_stands_twice_is_not_lost_but_told():
    found = remediate(normalise(JUNOS, ""), normalise(JUNOS, "set system host-name a\nset system host-name b"))
    assert found.refused == ("the commands leave a difference: system",)


@pytest.mark.parametrize("rules", [JUNOS, PANOS], ids=["junos", "panos"])
def test_any_text_is_read(rules: ConfigRules):
    for text in ("", "}", "{", "{{{", "set", "[ ]", 'a "b', "a { b { c", "set a [ b", ";;;", "inactive:", "/* a", "]"):
        assert to_text(parse(rules, text)) is not None
        assert not diff(normalise(rules, text), normalise(rules, text)).differences
