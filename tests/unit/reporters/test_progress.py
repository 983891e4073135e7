"""What is told while a change is on its way."""

import io
import json
from datetime import UTC, datetime, timedelta

from siteauto.cli.follow import Board, following
from siteauto.core.run import Event

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
AT = NOW.isoformat(timespec="seconds")
UNTIL = (NOW + timedelta(seconds=271)).isoformat(timespec="seconds")


def event(phase, device="", **facts):
    return Event(run="r1", at=AT, phase=phase, device=device, **facts)


STORY = (
    event("connect", message="2 devices"),
    event("stage", "sw1", state="idle"),
    event("state", "sw1", state="staged"),
    event("stage", "sw2", state="idle"),
    event("state", "sw1", state="armed", until=UNTIL, message="until 02:04:31"),
    event("verify", message="over fresh connections"),
    event("state", "sw2", state="failed", message="sw2: it did not take 'x'. Expected: no complaint. " + "y" * 99),
    event("servers", "srv1", state="ok"),
)


def screen(text):
    """What a terminal shows in the end."""
    lines = []
    for part in text.replace("\x1b[J", "").split("\n"):
        shown = part
        while shown.startswith("\x1b["):
            up, _, shown = shown.removeprefix("\x1b[").partition("F")
            del lines[len(lines) - int(up) :]
        lines.append(shown)
    return lines


def test_a_terminal_shows_a_line_per_device_and_what_is_left_of_its_time():
    out = io.StringIO()
    board = Board(out, now=lambda: NOW)
    for one in STORY:
        board.event(one)
    *scrolled, sw1, sw2, end = screen(out.getvalue())
    assert [line[9:] for line in scrolled] == ["connect 2 devices", "verify over fresh connections"]
    assert sw1.split() == ["sw1", "armed", "4:31", "left"]
    assert sw2.split()[:5] == ["sw2", "failed", "sw2:", "it", "did"]
    assert len(sw2) == 78
    assert end == ""


def test_time_is_counted_down_until_the_device_is_confirmed():
    out, clock = io.StringIO(), [NOW]
    board = Board(out, now=lambda: clock[0])
    board.event(STORY[4])
    clock[0] = NOW + timedelta(seconds=61)
    for phase, state, left in (
        ("state", "verified", "3:30 left"),
        ("confirm", "verified", "3:30 left"),
        ("state", "confirmed", ""),
    ):
        board.event(event(phase, "sw1", state=state))
        assert screen(out.getvalue())[-2].endswith(left), phase
    assert "left" not in screen(out.getvalue())[-2]


def test_a_file_gets_a_line_per_event():
    out = io.StringIO()
    with following("auto", out) as tell:
        for one in STORY:
            tell(one)
    lines = out.getvalue().splitlines()
    assert lines[1].split() == ["02:00:00", "sw1", "stage", "…"]
    assert lines[4].split() == ["02:00:00", "sw1", "armed", "until", "02:04:31"]
    assert len(lines) == len(STORY) - 1


def test_a_program_gets_json_lines():
    out = io.StringIO()
    with following("jsonl", out) as tell:
        for one in STORY:
            tell(one)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert told[4] == {
        "run": "r1", "at": AT, "phase": "state", "device": "sw1", "state": "armed", "until": UNTIL,
        "message": "until 02:04:31",
    }  # fmt: skip
    assert told[7]["device"] == "srv1"
