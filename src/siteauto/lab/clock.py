"""The lab's own time: it runs like ours and can be moved forward. Nothing ever waits for a timer."""

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta


def _stands_still() -> float:
    return 0.0


@dataclass(order=True, slots=True)
class Timer:
    """Something that will happen, unless it is cancelled."""

    due: datetime
    number: int
    action: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """It will not happen."""
        self.cancelled = True


class LabClock:
    """Starts at `start`; `elapsed` gives the real seconds since then (by default the clock only moves when told)."""

    def __init__(self, start: datetime, elapsed: Callable[[], float] = _stands_still) -> None:
        self._start = start
        self._elapsed = elapsed
        self._moved = timedelta()
        self._instant: datetime | None = None  # while a timer fires, it is exactly then
        self._timers: list[Timer] = []
        self._numbers = itertools.count()

    def now(self) -> datetime:
        """The present moment of the lab."""
        if self._instant is not None:
            return self._instant
        return self._start + self._moved + timedelta(seconds=self._elapsed())

    def call_at(self, due: datetime, action: Callable[[], None]) -> Timer:
        """Have something happen then, or as soon as the clock is looked after if that has passed."""
        timer = Timer(due, next(self._numbers), action)
        heapq.heappush(self._timers, timer)
        return timer

    def advance(self, seconds: float) -> None:
        """Move the time forward; whatever falls due happens in its order."""
        target = self.now() + timedelta(seconds=seconds)
        self._fire_until(target)
        self._moved += timedelta(seconds=seconds)

    def run_due(self) -> None:
        """Let happen what is due by now."""
        self._fire_until(self.now())

    def seconds_to_next(self) -> float | None:
        """Lab seconds until the next timer; None: there is none."""
        while self._timers and self._timers[0].cancelled:
            heapq.heappop(self._timers)
        if not self._timers:
            return None
        return max(0.0, (self._timers[0].due - self.now()).total_seconds())

    def _fire_until(self, moment: datetime) -> None:
        while self._timers and self._timers[0].due <= moment:
            timer = heapq.heappop(self._timers)
            if timer.cancelled:
                continue
            self._instant = timer.due
            try:
                timer.action()
            finally:
                self._instant = None
