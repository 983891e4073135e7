"""Texts that no device printed: what can be read is read, and nothing takes for ever."""

import random
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from siteauto.core.config import apply, diff, normalise, parse, remediate, to_candidate, to_text
from siteauto.core.config.bodies import unended_texts
from siteauto.core.config.tree import DEEPEST
from siteauto.platforms import load_platforms

RULES = {name: spec.config for name, spec in load_platforms().items() if spec.config.syntax in ("indented", "fortios")}
EVERY = {spec.config.syntax: spec.config for spec in load_platforms().values()}  # one platform for each syntax
IOS, FORTIOS, EOS = RULES["cisco_ios"], RULES["fortinet"], RULES["arista_eos"]
WORDS = re.findall(
    r"\S+",
    "no default exit end next config edit set unset move delete rename append clone purge unselect abort switchport trunk "
    "allowed vlan 10-5 1-99999999 , add remove all interface range Gi1/0/1 access-list line 0 ip banner motd ^C \" ' ! # "
    "after before resequence extended permit 10 certificate 01 quit description A user",
)
LINE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
TEXT = st.lists(st.tuples(st.sampled_from(["", " ", "  ", "    "]), LINE).map("".join), max_size=25).map("\n".join)


@settings(max_examples=examples(150), deadline=None, derandomize=True)
@given(st.sampled_from(sorted(RULES)), TEXT, TEXT)
def test_nothing_that_can_be_typed_breaks_the_engine(platform: str, one: str, other: str):
    running, intended = normalise(RULES[platform], one), normalise(RULES[platform], other)
    diff(running, intended)
    remediate(running, intended)
    apply(running, other.split("\n"))
    to_text(parse(RULES[platform], one))


@pytest.mark.parametrize(
    ("rules", "text", "number"),
    [
        (IOS, "hostname a\nbanner motd ^C\nhello\nhostname b\n", 2),
        (EOS, "hostname a\nbanner motd\nhello\nhostname b\n", 2),
        (IOS, "crypto pki certificate chain X\n certificate 01\n  AA BB\nhostname b\n", 2),
        (FORTIOS, 'config system global\nset alias "x\nset hostname b\nend\n', 2),
    ],
)
def test_a_text_without_an_end_is_told_and_swallows_nothing(rules, text: str, number: int):
    assert [line for line, _ in unended_texts(rules, text)] == [number]
    assert any(node.line.endswith("hostname b") for _, node in parse(rules, text).walk())


def test_many_texts_without_an_end_take_no_longer():
    lines = [f"banner motd {chr(0x100 + place % 3)}x" for place in range(20000)]
    random.Random(1).shuffle(lines)
    assert len(unended_texts(IOS, "\n".join(lines[:-3]))) <= 20000


def test_a_number_that_is_none_is_kept_as_text():
    assert parse(IOS, "vlan 1-99999999\n").find("vlan 1-99999999") is not None


def test_a_text_without_an_end_is_never_typed():
    intended = normalise(IOS, "hostname sw2\nbanner motd ^C\nip route 10.1.0.0 255.255.0.0 10.0.0.1\n")
    found = remediate(normalise(IOS, "hostname sw1\n"), intended)
    assert "banner motd ^C" not in found.commands
    assert "banner motd ^C: its text has no end, so that all that follows would be taken for it" in found.refused
    assert not found.converges


def braces(leaf: str) -> str:
    return "\n".join([*(f"level{depth} {{" for depth in range(400)), f"leaf {leaf};", *["}"] * 400])


def indented(leaf: str) -> str:
    return "\n".join([*(f"{' ' * depth}level{depth}" for depth in range(400)), f"{' ' * 400}leaf {leaf}"])


@pytest.mark.parametrize(("platform", "text"), [("juniper_junos", braces), ("cisco_ios", indented)])
def test_any_depth_can_be_compared(platform: str, text: Callable[[str], str]):
    rules = load_platforms()[platform].config
    running, intended = normalise(rules, text("old")), normalise(rules, text("new"))
    assert not diff(running, running).differences
    assert remediate(running, intended).converges
    assert to_text(parse(rules, text("old")))


DAMAGE = {
    "config": lambda n: [f"config a{at}" for at in range(n)],
    "edit": lambda n: ["config a", "edit 1"] * n,
    "braces": lambda n: [*(f"a{at} {{" for at in range(n)), *["}"] * n],
    "braces without an end": lambda n: ["a {"] * n,
    "table": lambda n: [f"table a{at} {{" for at in range(n)],
    "one line": lambda n: [" ".join(["a {"] * n)],
    "lists": lambda n: [" ".join(["set a", *["[ b c ]"] * n])],
    "path": lambda n: [" ".join(["set", *["a"] * n])],
    "indentation": lambda n: [f"{' ' * at}a" for at in range(min(n, 2000))],
    "ends": lambda n: ["}", "end", "next", "exit"] * n,
}


@settings(max_examples=examples(20), deadline=None, derandomize=True)
@given(st.sampled_from(sorted(EVERY)), st.sampled_from(sorted(DAMAGE)), st.sampled_from([70, 3000]))
def test_no_nesting_is_too_deep_for_the_engine(syntax: str, damage: str, size: int):
    tree, nothing = normalise(EVERY[syntax], "\n".join(DAMAGE[damage](size))), normalise(EVERY[syntax], "")
    to_candidate(tree)
    assert not diff(tree, tree).differences
    remediate(nothing, tree)
    remediate(tree, nothing)


@pytest.mark.parametrize(
    ("platform", "damage"), [("fortinet", "config"), ("nftables", "table"), ("juniper_junos", "braces")]
)
def test_twenty_thousand_levels_are_read_and_told(platform: str, damage: str):
    tree = parse(load_platforms()[platform].config, "\n".join(DAMAGE[damage](20_000)))
    assert tree.too_deep
    assert max(len(path) for path, _ in tree.walk()) == DEEPEST


def test_a_set_without_an_end_swallows_nothing_and_is_never_typed():
    rules = load_platforms()["nftables"].config
    text = "table ip a {\n\tset s {\n\t\telements = { 10.0.0.1,\n\t}\n\tchain c {\n\t\taccept\n\t}\n}\n"
    tree = normalise(rules, text.replace("10.0.0.1,\n\t}", "10.0.0.1,"))
    assert tree.find("table ip a", "set s", "chain c") or tree.find("table ip a", "chain c")
    found = remediate(normalise(rules, ""), tree)
    assert not found.commands
    assert [reason for reason in found.refused if "has no end" in reason]


@pytest.mark.parametrize("platform", sorted(load_platforms()))
@pytest.mark.parametrize("text", ["x" * 200_000, '"' * 20_000, "a\0b 'c' \"d\"\n"])
def test_a_line_without_words_is_read_at_once(platform: str, text: str):
    began = time.process_time()
    normalise(load_platforms()[platform].config, text)
    assert time.process_time() - began < 5
