"""Labels: what a change means for a place that may have been touched by hand."""

import pytest

from siteauto.core.change.three_way import Label, ThreeTrees, label_differences, with_unread
from siteauto.core.config import normalise, remediate
from siteauto.platforms.cisco_ios import CONFIG

DESK = "interface GigabitEthernet1/0/3\n description {}\n"


def trees(running: str | None, base: str | None, head: str, unread: tuple[str, ...] = ()) -> ThreeTrees:
    def tree(text):
        return normalise(CONFIG, text) if text is not None else None

    return ThreeTrees(running=tree(running), base=tree(base), head=normalise(CONFIG, head), unread=unread)


def labels(*texts, unread=()):
    return [(hunk.label, hunk.text) for hunk in label_differences(trees(*texts, unread)).hunks()]


@pytest.mark.parametrize(
    ("running", "base", "head", "label"),
    [
        ("a", "a", "b", Label.CHANGE),
        ("x", "a", "a", Label.DRIFT),
        ("x", "a", "b", Label.COLLISION),
        ("b", "a", "b", Label.ADOPTED),
    ],
)
def test_the_table(running, base, head, label):
    found = labels(DESK.format(running), DESK.format(base), DESK.format(head))
    assert [each for each, _ in found] == [label]


def test_nothing_is_said_where_all_agree():
    assert labels(*[DESK.format("a")] * 3) == []


def test_a_line_that_the_device_holds_without_showing_it_is_already_there():
    text = DESK.format("a")
    assert labels(text, text, text + " no shutdown\n") == [
        (Label.ALREADY_THERE, " interface GigabitEthernet1/0/3\n+ no shutdown\n")
    ]


def test_a_collision_tells_what_the_old_intent_said():
    found = label_differences(trees(DESK.format("x"), DESK.format("a"), DESK.format("b"))).hunks()
    assert found[0].base == ("description a",)
    gone = label_differences(trees("logging host 10.0.0.1\n", "", "logging host 10.0.0.1 vrf A\n"))
    assert {label for label, _ in gone.labelled} <= {Label.COLLISION, Label.DRIFT, Label.CHANGE}


def test_an_access_list_is_one_matter():
    """An entry by hand and another by the change: their order decides, so that it is a collision."""
    running = "ip access-list extended A\n 5 permit udp any any\n 10 permit ip any any\n"
    base = "ip access-list extended A\n 10 permit ip any any\n"
    head = "ip access-list extended A\n 5 deny tcp any any\n 10 permit ip any any\n"
    assert [label for label, _ in labels(running, base, head)] == [Label.COLLISION]


def test_by_hand_and_by_the_change_in_one_section_are_two_hunks():
    running = DESK.format("a") + " speed 100\n"
    found = labels(running, DESK.format("a"), DESK.format("b"))
    assert [label for label, _ in found] == [Label.DRIFT, Label.CHANGE] or [label for label, _ in found] == [
        Label.CHANGE,
        Label.DRIFT,
    ]


def test_without_a_backup_or_an_old_intent_all_is_unknown():
    assert [label for label, _ in labels(None, DESK.format("a"), DESK.format("b"))] == [Label.UNKNOWN]
    assert [label for label, _ in labels(DESK.format("a"), None, DESK.format("b"))] == [Label.UNKNOWN]


def test_a_reference_that_changes_cannot_be_told_without_the_values():
    line = "username a privilege 15 secret {}secret://s/{}\n"
    found = labels(line.format("9 ", "one"), line.format("", "one"), line.format("", "two"))
    assert [label for label, _ in found] == [Label.CANNOT_TELL]


def test_an_unknown_stored_form_is_neither_drift_nor_clean():
    found = label_differences(
        trees("username a secret 9 ‹type9 #12345678›\n", *["username a secret secret://s/one\n"] * 2)
    )
    assert (found.labelled, found.untold) == ((), 1)


def test_a_line_that_no_backup_holds_is_not_missing():
    user = "snmp-server user netmon OPS v3 auth sha secret://s/snmp_auth priv aes 128 secret://s/snmp_priv\n"
    found = label_differences(trees("", user, user, unread=(r"snmp-server user\b",)))
    assert (found.labelled, found.untold) == ((), 1)
    known = trees("hostname a\n", f"hostname b\n{user}", f"hostname b\n{user}", unread=(r"snmp-server user\b",))
    held = with_unread(known.running, known.base, known.unread)
    assert remediate(held, known.head).commands == ("hostname b",), "it is typed again, although nobody missed it"
    changed = label_differences(trees("", "", user, unread=(r"snmp-server user\b",)))
    assert [label for label, _ in changed.labelled] == [Label.CANNOT_TELL]


def test_single_lines_of_one_kind_are_one_hunk():
    base, head = "ntp server 10.0.0.1\nlogging host 10.0.0.9\n", "ntp server 10.0.0.2\n"
    found = labels(base, base, head)
    assert (Label.CHANGE, "-ntp server 10.0.0.1\n+ntp server 10.0.0.2\n") in found
    assert len(found) == 2
