"""Configuration sessions of the box: candidates by name, known to every login, and the one commit timer.

They are in memory alone: a reboot forgets them, and so does a day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from siteauto.core.config import ConfigTree
from siteauto.lab.devices.arista_eos.typist import RefusedError, Typist
from siteauto.lab.world_view import TimerHandle, WorldView

MOST_PENDING = 5
MOST_COMPLETED = 1
LIFETIME = timedelta(hours=24)


@dataclass(slots=True, kw_only=True)
class ConfigSession:
    """One session. `state`: pending, or committed when it is over."""

    name: str
    user: str
    terminal: str
    typist: Typist
    opened: datetime
    state: str = "pending"
    completed: datetime | None = None
    entered: bool = False  # somebody types in it now


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitTimer:
    """A commit that the box undoes by itself. There is one at a time."""

    session: str
    due: datetime
    before: ConfigTree
    handle: TimerHandle


class Running(Protocol):
    """The configuration that sessions are opened on and committed to."""

    running: ConfigTree

    def change(self, tree: ConfigTree, user: str) -> None:
        """Make this the running configuration."""
        ...

    def typist(self) -> Typist:
        """A configuration session on the running configuration."""
        ...


class Sessions:
    """All sessions of a box, and its timer."""

    def __init__(self, box: Running, world: WorldView) -> None:
        self._box = box
        self._world = world
        self._sessions: dict[str, ConfigSession] = {}
        self.timer: CommitTimer | None = None

    def all(self) -> tuple[ConfigSession, ...]:
        """Those that are not a day old."""
        now = self._world.now()
        self._sessions = {name: one for name, one in self._sessions.items() if now - one.opened < LIFETIME}
        return tuple(self._sessions.values())

    def find(self, name: str) -> ConfigSession | None:
        """The session of this name."""
        return next((one for one in self.all() if one.name == name), None)

    def enter(self, name: str, *, user: str, terminal: str) -> ConfigSession:
        """The session of this name, opened if need be. Raises RefusedError."""
        found = self.find(name)
        if found is None:
            if len([one for one in self.all() if one.state == "pending"]) >= MOST_PENDING:
                raise RefusedError("Maximum number of pending sessions has been reached. Please commit or abort one")
            found = self._sessions[name] = ConfigSession(
                name=name, user=user, terminal=terminal, typist=self._box.typist(), opened=self._world.now()
            )
        elif found.state != "pending":
            raise RefusedError(f"Session {name} is already completed")
        found.entered = True
        return found

    def commit(self, name: str, user: str, *, timer: timedelta | None = None) -> None:
        """Make it the running configuration, whatever others have changed since; or stop its timer."""
        if self.timer is not None and self.timer.session == name and timer is None:
            self.forget_timer()
            return
        session = self._must_be_pending(name)
        if timer is not None and self.timer is not None:
            raise RefusedError(f"Another commit timer is already running for session {self.timer.session}")
        before = self._box.running
        self._box.change(session.typist.tree, user)
        session.state, session.completed, session.entered = "committed", self._world.now(), False
        if timer is not None:
            due = self._world.now() + timer
            handle = self._world.call_at(due, lambda: self._expire(user))
            self.timer = CommitTimer(session=name, due=due, before=before, handle=handle)
        self._drop_old()

    def abort(self, name: str, user: str) -> None:
        """Forget it; where its timer runs, undo it. Raises RefusedError for a name that nobody knows."""
        if self.timer is not None and self.timer.session == name:
            self._expire(user)
        elif self.find(name) is None:
            raise RefusedError(f"Session {name} does not exist")
        self._sessions.pop(name, None)

    def delete(self, name: str) -> None:
        """`no configure session NAME`: says nothing of one that is not there."""
        if self.timer is None or self.timer.session != name:
            self._sessions.pop(name, None)

    def forget_timer(self) -> None:
        """Stop the timer; what was committed stays."""
        if self.timer is not None:
            self.timer.handle.cancel()
            self.timer = None

    def lose(self) -> None:
        """Everything in memory is gone."""
        self.forget_timer()
        self._sessions = {}

    def _expire(self, user: str) -> None:
        timer = self.timer
        if timer is not None:
            self.forget_timer()
            self._box.change(timer.before, user)
            self._sessions.pop(timer.session, None)

    def _must_be_pending(self, name: str) -> ConfigSession:
        found = self.find(name)
        if found is None:
            raise RefusedError(f"Session {name} does not exist")
        if found.state != "pending":
            raise RefusedError(f"Session {name} is already completed")
        return found

    def _drop_old(self) -> None:
        over = [one for one in self.all() if one.state == "committed"]
        held = self.timer.session if self.timer is not None else ""
        for one in over[:-MOST_COMPLETED]:
            if one.name != held:
                self._sessions.pop(one.name, None)
