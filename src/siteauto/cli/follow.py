"""How a person, or a program, follows a change: `--progress`."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import TextIO

from siteauto.adapters.system_clock import SystemClock
from siteauto.core.run import Event
from siteauto.reporters.progress import board_text, event_json, event_text, worth_telling

OnEvent = Callable[[Event], None]
STATES = frozenset({"state", "stage", "arm", "confirm", "save", "undo", "wait"})  # phases that a device's line shows
UP, CLEAR = "\x1b[{}F", "\x1b[J"  # to the beginning of the line so many lines up; everything from here on


@contextmanager
def following(kind: str, stream: TextIO | None = None) -> Iterator[OnEvent]:
    """What to tell events to, until the block ends."""
    out = stream or sys.stderr
    if kind == "board" or (kind == "auto" and out.isatty()):
        with Board(out, SystemClock().now).ticking() as board:
            yield board.event
        return
    text = event_json if kind == "jsonl" else event_text

    def tell(event: Event) -> None:
        if kind == "jsonl" or worth_telling(event):
            _write(out, f"{text(event)}\n")

    yield tell


def _write(out: TextIO, text: str) -> None:
    """A terminal that is gone must not stop a change in the middle."""
    with suppress(OSError, ValueError):
        out.write(text)
        out.flush()


class Board:
    """A line per device at the end of the terminal, drawn over itself; everything else scrolls by above it."""

    def __init__(self, stream: TextIO, now: Callable[[], datetime]) -> None:
        self._stream = stream
        self._now = now
        self._latest: dict[str, Event] = {}
        self._drawn = 0
        self._lock = threading.Lock()
        self._over = threading.Event()

    def event(self, event: Event) -> None:
        """Show where a device is, or tell what is not about one."""
        with self._lock:
            if event.device and event.phase in STATES:
                before = self._latest.get(event.device)
                until = event.until or (before.until if before and event.phase in ("wait", "confirm") else "")
                still = before.until if before and event.state == "verified" else until
                self._latest[event.device] = replace(event, until=still)
                self._draw()
            elif worth_telling(event):
                self._draw(event_text(event))

    def _draw(self, above: str = "") -> None:
        lines = board_text(self._latest, self._now())
        wiped = UP.format(self._drawn) + CLEAR if self._drawn else ""
        _write(self._stream, wiped + "".join(f"{line}\n" for line in ([above] if above else []) + lines))
        self._drawn = len(lines)

    @contextmanager
    def ticking(self) -> Iterator["Board"]:
        """Count the time that is left down, once a second."""
        thread = threading.Thread(target=self._tick, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join()

    def _tick(self) -> None:
        while not self._over.wait(1.0):
            with self._lock:
                if any(event.until for event in self._latest.values()):
                    self._draw()
