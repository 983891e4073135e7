"""rpcd: sessions, what they have staged, and one apply at a time that undoes itself when nobody confirms it."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from siteauto.core.config import ConfigTree, apply
from siteauto.lab.world_view import TimerHandle, WorldView

FOLDER = "/var/run/rpcd/uci-"
DEFAULT_TIMEOUT = 300
APPLY_TIMEOUT = 60


class UbusError(Exception):
    """A call failed with this status."""


INVALID, NOT_FOUND, NO_DATA, DENIED = "Invalid argument", "Not found", "No response", "Permission denied"
STATUSES = {INVALID: 2, NOT_FOUND: 4, NO_DATA: 5, DENIED: 6}  # as the program `ubus` ends with them


@dataclass(slots=True, kw_only=True)
class Session:
    """A session. `acls`: scope -> pairs of object and function."""

    id: str
    timeout: int
    ends: TimerHandle | None = None
    acls: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def may(self, package: str, what: str) -> bool:
        """Whether it may read or write this package."""
        granted = self.acls.get("uci", ())
        return any(function == what and name in ("*", package) for name, function in granted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An apply that nobody has confirmed. `before`: the packages that it changed, as they were."""

    sid: str
    before: ConfigTree
    staged: tuple[str, ...]
    timer: TimerHandle


class Rpcd:
    """All of it is in RAM. `deltas` is what is staged, by folder; `put_back` undoes an apply that nobody confirmed."""

    def __init__(
        self, world: WorldView, seed: str, deltas: dict[str, list[str]], put_back: Callable[[Pending], None]
    ) -> None:
        self.sessions: dict[str, Session] = {}
        self.pending: Pending | None = None
        self._world, self._deltas, self._put_back = world, deltas, put_back
        self._ids = (sha256(f"{seed} {number}".encode()).hexdigest()[:32] for number in itertools.count())

    def restart(self) -> None:
        """What a loss of power leaves: nothing. A change that was live stays."""
        for session in self.sessions.values():
            if session.ends is not None:
                session.ends.cancel()
        if self.pending is not None:
            self.pending.timer.cancel()
        self.sessions.clear()
        self.pending = None

    # ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def create(self, timeout: int) -> Session:
        """A new session without any right. 0: it never ends by itself."""
        session = Session(id=next(self._ids), timeout=timeout)
        self.sessions[session.id] = session
        self._touch(session)
        return session

    def session(self, sid: str) -> Session:
        """The session, whose time begins anew. Raises UbusError."""
        if sid not in self.sessions:
            raise UbusError(NOT_FOUND)
        self._touch(self.sessions[sid])
        return self.sessions[sid]

    def destroy(self, sid: str) -> None:
        """End it, with what it has staged."""
        session = self.sessions.pop(sid)
        self._deltas.pop(FOLDER + sid, None)
        if session.ends is not None:
            session.ends.cancel()

    def _touch(self, session: Session) -> None:
        if session.ends is not None:
            session.ends.cancel()
        due = self._world.now() + timedelta(seconds=session.timeout)
        session.ends = self._world.call_at(due, lambda: self.destroy(session.id)) if session.timeout else None

    # ── apply ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def apply(self, arguments: Mapping[str, object], committed: ConfigTree) -> ConfigTree | None:
        """The configuration with what a session has staged; None: nothing happens. Raises UbusError."""
        rollback = bool(arguments.get("rollback"))
        if self.pending is not None and rollback:
            raise UbusError(DENIED)
        sid = self._sid(arguments)
        if self.pending is not None:
            return None
        staged = tuple(self._deltas.get(FOLDER + sid, ()))
        packages = {package_of(line) for line in staged}
        if not staged:
            raise UbusError(NO_DATA)
        session = self.sessions.get(sid)
        if session is None or not all(session.may(package, "write") for package in packages):
            raise UbusError(DENIED)
        self._deltas.pop(FOLDER + sid, None)
        before = {f"package {name}": committed.children[f"package {name}"] for name in packages}
        if rollback:
            seconds = arguments.get("timeout", APPLY_TIMEOUT)
            due = self._world.now() + timedelta(seconds=seconds if isinstance(seconds, int) else APPLY_TIMEOUT)
            self.pending = Pending(
                sid=sid,
                before=ConfigTree(rules=committed.rules, children=before),
                staged=staged,
                timer=self._world.call_at(due, self._expire),
            )
        return apply(committed, staged)

    def confirm(self, arguments: Mapping[str, object]) -> None:
        """Stop the timer. Raises UbusError for any session but the one that applied."""
        sid = self._sid(arguments)
        if self.pending is None:
            raise UbusError(NO_DATA)
        if self.pending.sid != sid:
            raise UbusError(DENIED)
        self.pending.timer.cancel()
        self.pending = None

    def rollback(self, arguments: Mapping[str, object]) -> Pending:
        """What is to be put back now. Raises UbusError."""
        if self.pending is None:
            raise UbusError(NO_DATA)
        if self.pending.sid != self._sid(arguments):
            raise UbusError(DENIED)
        pending, self.pending = self.pending, None
        pending.timer.cancel()
        return pending

    def give_back(self, pending: Pending) -> None:
        """What the session had staged is staged again, if the session still lives."""
        if pending.sid in self.sessions:
            self._deltas[FOLDER + pending.sid] = list(pending.staged)

    def _expire(self) -> None:
        pending, self.pending = self.pending, None
        if pending is not None:
            self._put_back(pending)

    @staticmethod
    def _sid(arguments: Mapping[str, object]) -> str:
        sid = arguments.get("ubus_rpc_session")
        if not isinstance(sid, str):
            raise UbusError(INVALID)
        return sid


def package_of(line: str) -> str:
    """The package that a command of `uci` changes."""
    verb, rest = line.removeprefix("uci ").split(" ", 1)
    return rest.split(" ", 1)[0] if verb == "add" else rest.split(".", 1)[0].split("=", 1)[0]
