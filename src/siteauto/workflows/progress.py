"""Where every device of a transaction is: moved in one place, journalled before it is told to anybody."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from siteauto.core.change.transaction import NEXT, Decision, State, Verdict, judge, move
from siteauto.core.errors import SiteautoError, StoreError
from siteauto.core.models import DeviceName
from siteauto.core.ports import Clock, Journal
from siteauto.core.run import Event

OnEvent: TypeAlias = Callable[[Event], None]


class Progress:
    """States, journal and events of one transaction. Its methods may be called from a runner's threads."""

    def __init__(
        self, states: Mapping[DeviceName, State], *, run: str, journal: Journal, clock: Clock, on_event: OnEvent
    ) -> None:
        self._states = dict(states)
        self._errors: dict[DeviceName, SiteautoError] = {}
        self.run = run
        self._journal = journal
        self._clock = clock
        self._on_event = on_event
        self._lock = threading.Lock()
        self._decided = False
        self.journal_error: StoreError | None = None

    @property
    def states(self) -> Mapping[DeviceName, State]:
        """Where each device is now."""
        return dict(self._states)

    @property
    def errors(self) -> Mapping[DeviceName, SiteautoError]:
        """What went wrong, by device: the first error of each."""
        return dict(self._errors)

    def record(self, kind: str, **facts: object) -> None:
        """Write a journal record. Raises StoreError until it is decided; from then on the devices matter more.

        Whoever resumes without these records looks at the devices, and finds the same.
        """
        try:
            self._journal.append({"record": kind, "at": self._now(), **facts})
        except StoreError as error:
            if not self._decided:
                raise
            self.journal_error = error

    def keep(self, name: str, text: str) -> str:
        """Keep a text beside the journal; return its digest. Raises StoreError."""
        return self._journal.keep(name, text)

    def begin(self, device: DeviceName, act: str, **facts: object) -> None:
        """Say that an act on a device begins; whoever reads the journal later must look at that device."""
        self.record("begin", device=device, act=act, **facts)
        self.tell(act, device=device, state=self._states[device])

    def move(
        self, device: DeviceName, to: State, message: str = "", *, until: datetime | None = None, **facts: object
    ) -> None:
        """The device is in another state now; `until` then, when its own timer undoes it."""
        with self._lock:
            self._states[device] = move(self._states[device], to)
        self.record("state", device=device, state=to, **facts)
        self.tell("state", device=device, state=to, message=message, until=until)

    def fail(self, device: DeviceName, error: SiteautoError) -> None:
        """Something went wrong on this device, where nothing must have been confirmed yet."""
        self._errors.setdefault(device, error)
        if self._states[device] not in (State.FAILED, State.CONFIRMED, State.MIXED):
            self.move(device, State.FAILED, str(error), error=str(error))

    def blame(self, device: DeviceName, error: SiteautoError) -> None:
        """Say what is wrong with a device that is not new in the end, unless that is known."""
        if self._states[device] is not State.SAVED:
            self._errors.setdefault(device, error)

    def give_up(self, device: DeviceName, error: SiteautoError) -> None:
        """The device is neither proven old nor new; a person must look."""
        self._errors[device] = error
        if State.MIXED not in NEXT[self._states[device]]:
            self.move(device, State.FAILED)
        self.move(device, State.MIXED, str(error), error=str(error))

    def decide(self, decision: Decision, reason: str = "") -> None:
        """Write the decision. After a commit nothing is undone any more; after an abort nothing stops the undoing."""
        self._decided = decision is Decision.ABORT
        self.record("decision", decision=decision, reason=reason)
        self._decided = True
        self.tell("decision", state=decision, message=reason)

    def go_on(self) -> None:
        """It was decided before: records are written from now on where the disk takes them."""
        self._decided = True

    def conclude(self) -> Verdict:
        """Write how it ended."""
        verdict = judge(self._states) if self._states else Verdict.COMMITTED
        self._decided = True
        self.record("outcome", verdict=verdict, states=self.states)
        return verdict

    def tell(
        self, phase: str, *, device: str = "", state: str = "", message: str = "", until: datetime | None = None
    ) -> None:
        """An event for people to follow."""
        event = Event(
            run=self.run,
            at=self._now(),
            phase=phase,
            device=device,
            state=state,
            message=message,
            until=until.isoformat(timespec="seconds") if until else "",
        )
        self._on_event(event)

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")
