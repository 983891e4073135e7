"""Where a value of a site comes from: every level that could have said it, and the one that did."""

from dataclasses import dataclass

from siteauto.core.errors import Place

DERIVED = "derived"
BUILT_IN = "built in"
LOCK = "lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What one level says of a value: lock, organisation, archetype, site, device or port, the outermost first.

    `key` is where it says it when that is not the path that was asked for: a port's VLAN may come from its profile.
    Without a place the level says nothing.
    """

    name: str
    value: str = ""
    place: Place | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One value of a site. `origin` is the level that wins, or "derived", or "built in".

    A derived value says in `how` what was done, and in `sources` what it was made from; one that the lock pins does so
    too. A mapping has `members` and no value of its own.
    """

    site: str
    path: str
    value: str = ""
    origin: str = ""
    levels: tuple[Level, ...] = ()
    how: str = ""
    sources: tuple[Level, ...] = ()
    members: tuple["Explanation", ...] = ()

    @property
    def winner(self) -> Level | None:
        """The level whose word counts: the innermost that says something."""
        saying = [level for level in self.levels if level.place is not None]
        return saying[-1] if saying else None
