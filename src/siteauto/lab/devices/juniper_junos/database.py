"""The configuration database: what is committed and was before, and the candidate that all share or one has locked."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from siteauto.core.config import ConfigRules, ConfigTree
from siteauto.lab.devices.juniper_junos.commit_checks import find_faults
from siteauto.lab.devices.juniper_junos.listing import compared
from siteauto.lab.devices.juniper_junos.loading import Loaded, canonical
from siteauto.lab.devices.juniper_junos.storing import stored
from siteauto.lab.world_view import TimerHandle, WorldView

RING = 50  # commits that are kept, the one that runs among them
DEFAULT_MINUTES = 10


class RefusedError(Exception):
    """The database does not do it. The text is what the box says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A login that works on the candidate. `process` tells it from others of the same user."""

    user: str
    process: int
    terminal: str = "p0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One commit: who, when, through what, and whether it waits for its confirm."""

    at: datetime
    user: str
    through: str  # cli, netconf, other
    tree: ConfigTree = field(repr=False)
    comment: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A commit that is undone by itself."""

    before: ConfigTree = field(repr=False)
    handle: TimerHandle


class Database:
    """One per box. Raises RefusedError with the box's own words."""

    def __init__(self, rules: ConfigRules, world: WorldView, text: str, *, seed: str) -> None:
        self._rules = rules
        self._world = world
        self._seed = seed
        start = canonical(rules, text)
        self.commits: list[Commit] = [Commit(at=world.now(), user="root", through="other", tree=start)]
        self.candidate = start
        self.lock: Holder | None = None
        self.pending: Pending | None = None

    @property
    def committed(self) -> ConfigTree:
        """What the box runs."""
        return self.commits[0].tree

    @property
    def is_changed(self) -> bool:
        """Whether the candidate differs from what is committed."""
        return self.candidate is not self.committed and bool(self.compare(0))

    def compare(self, number: int) -> str:
        """The candidate against an earlier commit."""
        return compared(self._commit(number).tree, self.candidate)

    def take_lock(self, holder: Holder) -> None:
        """`configure exclusive`."""
        if self.lock is not None and self.lock != holder:
            raise RefusedError(
                f"configuration database locked by:\n  {self.lock.user} terminal {self.lock.terminal} "
                f"(pid {self.lock.process}) on since {self._world.now():%Y-%m-%d %H:%M:%S} UTC\n      exclusive [edit]"
            )
        if self.lock is None and self.is_changed:
            raise RefusedError("configuration database modified")
        self.lock = holder

    def release(self, holder: Holder) -> None:
        """Give the lock back; what its holder has not committed is gone."""
        if self.lock == holder:
            self.lock = None
            self.candidate = self.committed

    def must_be_free(self, holder: Holder) -> None:
        """Raises RefusedError when another login holds the lock."""
        if self.lock is not None and self.lock != holder:
            raise RefusedError(
                f"configuration database locked by:\n  {self.lock.user} terminal {self.lock.terminal} "
                f"(pid {self.lock.process})\n      exclusive [edit]"
            )

    def take(self, loaded: Loaded, holder: Holder) -> None:
        """Make what was loaded the candidate."""
        self.must_be_free(holder)
        self.candidate = loaded.tree

    def roll_back(self, number: int, holder: Holder) -> None:
        """`rollback N`: the candidate becomes an earlier commit."""
        self.must_be_free(holder)
        self.candidate = self._commit(number).tree

    def check(self) -> None:
        """`commit check`. As on the real box it stops a timer that runs."""
        self._must_be_sound()
        self._confirm()

    def commit(self, holder: Holder, *, through: str, minutes: int | None = None, comment: str = "") -> None:
        """Commit the candidate, whoever has typed it. Any commit confirms an earlier one; `minutes` starts a timer."""
        self.must_be_free(holder)
        self._must_be_sound()
        before = self.pending.before if self.pending is not None else self.committed
        self._confirm()
        if minutes is not None:
            comment = f"commit confirmed, rollback in {minutes}mins"
        self._put(stored(self.candidate, self._seed), holder.user, through, comment)
        if minutes is not None:
            due = self._world.now() + timedelta(minutes=minutes)
            self.pending = Pending(before=before, handle=self._world.call_at(due, self._undo))

    def lose_power(self) -> None:
        """What is committed stays, confirmed or not; the timer, the candidate and the lock are gone."""
        self._confirm()
        self.lock = None
        self.candidate = self.committed

    def _undo(self) -> None:
        pending = self.pending
        if pending is not None:
            self._confirm()
            self._put(pending.before, "root", "other", "")

    def _confirm(self) -> None:
        if self.pending is not None:
            self.pending.handle.cancel()
            self.pending = None

    def _put(self, tree: ConfigTree, user: str, through: str, comment: str) -> None:
        commit = Commit(
            at=self._world.now(),
            user=user,
            through=through,
            tree=tree,
            comment=comment,
            number=self.commits[0].number + 1,
        )
        self.commits = [commit, *self.commits][:RING]
        self.candidate = tree

    def _commit(self, number: int) -> Commit:
        if number >= len(self.commits):
            raise RefusedError("rollback version not found")
        return self.commits[number]

    def _must_be_sound(self) -> None:
        faults = find_faults(self.candidate)
        if faults:
            raise RefusedError("\n".join(faults))
