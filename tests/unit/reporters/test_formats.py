import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from siteauto.reporters.document import Document, Item
from siteauto.reporters.formats import FORMATS, as_junit, as_markdown, as_text

DOCUMENT = Document(
    kind="verify",
    site="us-nyc-mad01",
    target="lab us-nyc-mad01",
    at="2026-11-23T02:00:00Z",
    exit_code=4,
    items=(
        Item(device="sw1", name="VLAN 10", status="pass"),
        Item(device="sw1", name="VLAN 10", status="fail", message="VLAN 10 is missing"),
        Item(device="sw2", name="Logs in", status="unreachable", message="no answer @ 10.44.19.3 #12 <b>"),
        Item(device="sw2", name="waived one", status="waived"),
        Item(device="sw2", name="drifted", status="drift", body="-a\n+```b\n"),
    ),
)


def test_junit_counts_every_item_once_and_keeps_repeated_names_apart():
    root = ET.fromstring(as_junit(DOCUMENT))
    suites = {suite.get("name"): suite for suite in root}
    assert [case.get("name") for case in suites["sw1"]] == ["VLAN 10", "VLAN 10 #2"]
    assert (suites["sw1"].get("failures"), suites["sw1"].get("errors")) == ("1", "0")
    assert (suites["sw2"].get("failures"), suites["sw2"].get("errors"), suites["sw2"].get("skipped")) == ("1", "1", "1")


def test_markdown_neutralises_what_a_device_says():
    text = as_markdown(DOCUMENT)
    assert "@ " not in text.replace("@\u200b", "")
    assert "<b>" not in text
    assert "````diff" in text  # the fence is longer than any run of backticks in the body


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_no_text_of_a_device_steers_a_terminal_or_turns_a_line_around(form):
    item = Item(device="sw1", name="\x1b[2Ja", status="drift", message="\u202eb", body="-c\x9b\r\n")
    shown = FORMATS[form](replace(DOCUMENT, items=(item,), facts=(("rule", "\x07d"),)))
    assert not re.search(r"[^\x20-\x7e\n·✓✗–?…→\ufffd\u200b]", shown)


def test_text_shows_what_is_wrong_and_counts_what_is_right():
    text = as_text(DOCUMENT)
    assert text.splitlines()[0] == "target: lab us-nyc-mad01"
    assert "VLAN 10 is missing" in text
    assert "sw1: 1 pass, 1 fail" in text


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_machine_formats_carry_every_item_and_the_exit_code(form):
    lines = FORMATS[form](DOCUMENT)
    if form == "json":
        data = json.loads(lines)
        items = data["items"]
    else:
        data, *items = [json.loads(line) for line in lines.splitlines()]
    assert data["exit_code"] == 4
    assert data["format_version"] == 1
    assert len(items) == len(DOCUMENT.items)
    assert data["totals"] == {"drift": 1, "fail": 1, "pass": 1, "unreachable": 1, "waived": 1}


def test_control_characters_of_a_device_do_not_break_junit():
    bad = Item(device="sw1", name="x", status="fail", message="bell \x07", body="esc \x1b[31m")
    root = ET.fromstring(as_junit(Document(kind="verify", site="s", target="t", at="a", exit_code=3, items=(bad,))))
    assert "\x1b" not in (root[0][0][0].text or "")


def test_a_device_that_is_not_reached_is_one_finding_in_the_text():
    items = tuple(
        Item(device="sw2", name=f"port {n}", status="unreachable", message=f"port {n}: no session") for n in range(83)
    )
    lines = as_text(Document(kind="verify", site="s", target="t", at="a", exit_code=4, items=items)).splitlines()
    assert lines[1] == "sw2: 83 unreachable"
    assert len([line for line in lines if "no session" in line]) == 1
    assert "and 82 more for the same reason" in lines[4]


def test_a_device_with_one_thing_to_say_takes_one_line():
    item = Item(device="sw1", name="running configuration", status="incomplete", message="the end marker is missing")
    text = as_text(replace(DOCUMENT, items=(item,)))
    assert text.splitlines()[1:] == ["sw1: incomplete: the end marker is missing", "verify: incomplete"]
