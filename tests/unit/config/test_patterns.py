"""Patterns that are ruled out by the first word of a line must be those that would not match it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from siteauto.core.config.openings import openings
from siteauto.core.config.patterns import FirstMatch
from siteauto.platforms import load_platforms


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        (r"ip route\b", ("ip route",)),
        (r"(?:ip|ipv6) route", ("ip", "ipv6")),
        (r"(?:no )?shutdown$", ("no ", "shutdown")),
        (r"ip (?:a|b[cd])x", ("ip a", "ip b")),
        (r"(?P<head>banner (?:motd|login)) x", ("banner motd", "banner login")),
        (r"a(?:b|c){2}", ("ab", "ac", "a")),
        (r"no? shutdown", ("n",)),
        (r"a+b", ("a",)),
        (r"(?!x)(?:host|user)name|banner \S+", ("host", "user", "banner ")),
        (r"[|)]x|y", ("", "y")),
        (r"[]|]x|y", ("", "y")),
        (r"(?i)ab", ("",)),
        (r"10\.0", ("10.0",)),
        (r"", ("",)),
    ],
)
def test_openings(pattern: str, starts: tuple[str, ...]):
    assert openings(pattern) == starts


def all_patterns() -> list[str]:
    rules = [spec.config for spec in load_platforms().values()]
    found = [line.pattern for each in rules for line in (*each.hidden, *each.negations, *each.slots, *each.ranks)]
    return found + [pattern for each in rules for pattern in (*each.leaves, *each.definitions, *each.volatile)]


PATTERNS = all_patterns()
WORDS = sorted(
    {word for pattern in PATTERNS for word in re.findall(r"[\w/-]+", pattern)} | {"10", "x", "", "\t", "10,2"}
)


@settings(max_examples=examples(300), deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PATTERNS), max_size=12), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_the_first_pattern_that_matches_is_found(patterns: list[str], words: list[str]):
    line = " ".join(words)
    slow = next((index for index, pattern in enumerate(patterns) if re.match(pattern, line)), None)
    assert FirstMatch(patterns).index(line) == slow
