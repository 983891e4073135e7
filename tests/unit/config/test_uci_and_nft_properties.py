"""What must hold for any two UCI configurations, and for any two rulesets of nftables."""

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
from siteauto.platforms.nftables import CONFIG as NFT
from siteauto.platforms.openwrt import CONFIG as UCI

relaxed = settings(
    max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

OPTION = st.sampled_from(
    [
        "option target 'ACCEPT'", "option target 'DROP'", "option src 'wan'", "list icmp_type 'a'", "list icmp_type 'b'",
        "option descr 'it'\\''s \"x\"'", "list order '1'", "list order '2'", "option text 'a\nconfig rule\nb'",
    ]
)  # fmt: skip


@st.composite
def uci_texts(draw: st.DrawFn) -> str:
    lines = ["package firewall"]
    for kind, name in draw(st.lists(st.tuples(st.sampled_from(["rule", "zone", "redirect"]), st.sampled_from("abcd")))):
        lines += [
            f"config {kind}",
            f"\toption name '{name}'",
            *(f"\t{line}" for line in draw(st.lists(OPTION, max_size=3))),
        ]
    for name in draw(st.lists(st.sampled_from(["x", "y", "z"]), unique=True)):
        lines += [f"config {draw(st.sampled_from(['rule', 'zone']))} '{name}'", f"\t{draw(OPTION)}"]
    lines += ["config defaults", f"\t{draw(OPTION)}", "package network", "config interface 'lan'", f"\t{draw(OPTION)}"]
    return "\n".join((*lines, ""))


RULE = st.sampled_from(
    [
        "tcp dport { 22, 443 } accept", "tcp dport {443,22} accept", "counter packets 3 bytes 4 drop", "accept",
        'iifname { "eth1", "eth0" } accept comment "a; {b} # c"', "ip saddr @s drop", "ct state new,established accept",
    ]
)  # fmt: skip


@st.composite
def rulesets(draw: st.DrawFn) -> str:
    lines = []
    for family in draw(st.lists(st.sampled_from(["inet", "ip", "ip6"]), unique=True)):
        numbers = ", ".join(map(str, draw(st.lists(st.integers(1, 9), unique=True, min_size=1))))
        lines += [f"table {family} t {{", "set s {", "type inet_service", f"elements = {{ {numbers} }}", "}"]
        policy = draw(st.sampled_from(["", " policy drop;", " policy accept;"]))
        lines += [
            "chain c {",
            f"type filter hook input priority 0;{policy}",
            *draw(st.lists(RULE, max_size=5)),
            "}",
            "}",
        ]
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
    assert not exact_diff(normalise(rules, once), tree).significant


@relaxed
@given(uci_texts(), uci_texts())
def test_uci_remediation_leads_there_and_back(running: str, intended: str):
    check(normalise(UCI, running), normalise(UCI, intended))


@relaxed
@given(rulesets(), rulesets())
def test_nft_remediation_leads_there_and_back(running: str, intended: str):
    check(normalise(NFT, running), normalise(NFT, intended))


@relaxed
@given(uci_texts())
def test_uci_text_is_stable(text: str):
    check_text(UCI, text)


@relaxed
@given(rulesets())
def test_ruleset_text_is_stable(text: str):
    check_text(NFT, text)


@pytest.mark.parametrize("rules", [UCI, NFT], ids=["uci", "nft"])
def test_any_text_is_read(rules: ConfigRules):
    for text in (
        "", "}", "{", "config", "option", "option a", "list", "package", "config a 'b", "x.y.z", "x.y=", "x.y.z='1'",
        "table", "table inet t {", "table inet t {\nchain c {\ntcp dport { 1,\n", "elements = {", "delete table ip x", ";;",
    ):  # fmt: skip
        assert to_text(parse(rules, text)) is not None
        assert not diff(normalise(rules, text), normalise(rules, text)).differences
