"""Typing into a FortiOS configuration: tables, values, moves, quotes on several lines, abort."""

import pytest

from siteauto.core.config import ConfigSession, apply, parse, to_text
from siteauto.platforms.fortinet import CONFIG

RUNNING = """\
#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=1:vdom=0:user=admin
config system global
    set hostname "fw1"
end
config firewall addrgrp
    edit "g"
        set member "h1" "h2"
    next
end
config firewall policy
    edit 1
        set name "one"
    next
    edit 2
        set name "two"
    next
    edit 5
        set name "five"
    next
end
"""


def policies(*lines: str) -> list[str]:
    tree = apply(parse(CONFIG, RUNNING), ["config firewall policy", *lines, "end"])
    found = tree.find("config firewall policy")
    return [node.line for node in found.children.values()] if found else []


def group(*lines: str) -> str:
    tree = apply(parse(CONFIG, RUNNING), ["config firewall addrgrp", "edit g", *lines, "next", "end"])
    found = tree.find("config firewall addrgrp", "edit g", "set member")
    return found.line if found else ""


def test_what_a_device_prints_comes_back_unchanged():
    assert to_text(parse(CONFIG, RUNNING)) == RUNNING


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        (("move 5 before 1",), ["edit 5", "edit 1", "edit 2"]),
        (("move 1 after 2",), ["edit 2", "edit 1", "edit 5"]),
        (("move 1 after 9",), ["edit 1", "edit 2", "edit 5"]),
        (("delete 2",), ["edit 1", "edit 5"]),
        (("purge",), []),
        (("edit 0", "set name new", "next"), ["edit 1", "edit 2", "edit 5", "edit 6"]),
        (("edit 9", "set name new", "edit 8", "set name other", "next"), ["edit 1", "edit 2", "edit 5", "edit 9", "edit 8"]),
        (("clone 1 to 7",), ["edit 1", "edit 2", "edit 5", "edit 7"]),
        (("clone 9 to 7",), ["edit 1", "edit 2", "edit 5"]),
        (("rename 1 to 7",), ["edit 7", "edit 2", "edit 5"]),
        (("next", "delete 2", "frobnicate"), ["edit 1", "edit 5"]),
        (("delete 2", "abort"), ["edit 1", "edit 2", "edit 5"]),
    ],
)  # fmt: skip
def test_tables(lines: tuple[str, ...], order: list[str]):
    assert policies(*lines) == order


@pytest.mark.parametrize(
    ("line", "member"),
    [
        ("append member h3 h1", 'set member "h1" "h2" h3 h1'),
        ('append member "h3" "h1"', 'set member "h1" "h2" "h3"'),
        ("unselect member h1", 'set member "h2"'),
        ("unselect member h1 h2", ""),
        ("unselect other h1", 'set member "h1" "h2"'),
        ("unset member", ""),
        ("select other h1", 'set member "h1" "h2"'),
        ('set member "a b"  "c"', 'set member "a b"  "c"'),
    ],
)
def test_values(line: str, member: str):
    assert group(line) == member


def test_an_empty_section_that_was_typed_leaves_nothing():
    assert to_text(apply(parse(CONFIG, RUNNING), ["config router static", "end", "end"])) == RUNNING


def test_a_default_that_is_typed_is_not_shown():
    tree = apply(
        parse(CONFIG, RUNNING), ["config firewall policy", "edit 1", "set action accept", "set action deny", "end"]
    )
    assert to_text(tree) == RUNNING


def test_a_value_on_several_lines_is_one():
    session = ConfigSession(tree=parse(CONFIG, RUNNING))
    for line in ("config system replacemsg admin", 'edit "x"', 'set buffer "one', "end", "next"):
        session = session.type(line)
    assert session.in_text
    session = session.type('say \\"hi\\""').type("next").type("end")
    assert not session.in_text
    assert 'set buffer "one\nend\nnext\nsay \\"hi\\""\n    next\nend' in to_text(session.tree)


def test_a_session_knows_where_it_stands():
    session = ConfigSession(tree=parse(CONFIG, RUNNING))
    modes = []
    for line in ("config router bgp", "config neighbor", "edit 10.0.0.1", "set remote-as 1", "end", "end", "# nothing"):
        session = session.type(line)
        modes.append((session.mode, session.section))
    neighbours = ("config router bgp", "config neighbor")
    assert modes == [
        ("router bgp", ("config router bgp",)),
        ("router bgp/neighbor", neighbours),
        ("router bgp/neighbor/", (*neighbours, "edit 10.0.0.1")),
        ("router bgp/neighbor/", (*neighbours, "edit 10.0.0.1")),
        ("router bgp", ("config router bgp",)),
        ("", ()),
        ("", ()),
    ]


def test_abort_forgets_what_was_typed_since_the_top():
    session = ConfigSession(tree=parse(CONFIG, RUNNING))
    for line in ("config system global", 'set hostname "other"', "abort"):
        session = session.type(line)
    assert to_text(session.tree) == RUNNING
