"""A change of many sites: each a transaction of its own, in rings, until too many have failed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from siteauto.core.change.transaction import Verdict
from siteauto.core.errors import UsageError
from siteauto.core.models import SiteName

UNTESTED = 4  # exit code of a site whose network is done, and whose servers nobody could test


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How fast it goes, and when it stops: with more than `max_failed` failed sites, or with one in the first ring."""

    canary: int = 1
    batch: int = 5
    max_failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteEnd:
    """How a site's own run ended. `log` is what it said."""

    site: SiteName
    exit_code: int
    verdict: str = ""
    log: str = ""

    @property
    def done(self) -> bool:
        """Whether the site is new, or had nothing to do."""
        return self.exit_code == 0 or (self.exit_code == UNTESTED and self.verdict == Verdict.COMMITTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout:
    """A rollout as its journal has it. `begun` are sites whose run may have died with the machine."""

    id: str
    rings: tuple[tuple[SiteName, ...], ...] = ()
    limits: Limits = field(default_factory=Limits)
    ends: Mapping[SiteName, SiteEnd] = field(default_factory=dict)
    begun: frozenset[SiteName] = frozenset()
    at: datetime | None = None

    @property
    def done(self) -> tuple[SiteName, ...]:
        """Sites that need nothing more."""
        return tuple(name for name, end in self.ends.items() if end.done)

    @property
    def failed(self) -> tuple[SiteName, ...]:
        """Sites whose last run failed."""
        return tuple(name for name, end in self.ends.items() if not end.done)

    @property
    def left(self) -> tuple[tuple[SiteName, ...], ...]:
        """The rings that are not done, without what is done in them."""
        rings = (tuple(name for name in ring if name not in self.done) for ring in self.rings)
        return tuple(ring for ring in rings if ring)

    def why_stop(self) -> str:
        """Why no further ring is begun; empty: nothing speaks against it."""
        if canary := [name for name in self.failed if name in self.rings[0] and self.limits.canary]:
            return f"the canary {', '.join(canary)} failed"
        if len(self.failed) > self.limits.max_failed:
            return f"{len(self.failed)} sites failed, {self.limits.max_failed} may"
        return ""


def choose_sites(known: Sequence[SiteName], patterns: Sequence[str]) -> tuple[SiteName, ...]:
    """The sites whose names match, in the order of the patterns. Raises UsageError for a pattern that matches none."""
    if idle := [one for one in patterns if not any(fnmatchcase(name, one) for name in known)]:
        raise UsageError(
            f"No site is named like {', '.join(idle)}",
            expected=f"one of {len(known)} sites",
            next_step="See: ls inventory/sites",
        )
    return tuple(dict.fromkeys(name for one in patterns for name in known if fnmatchcase(name, one)))


def make_rings(sites: Sequence[SiteName], limits: Limits) -> tuple[tuple[SiteName, ...], ...]:
    """The canaries first, then batches."""
    canaries, rest = tuple(sites[: limits.canary]), sites[limits.canary :]
    batches = (tuple(rest[at : at + limits.batch]) for at in range(0, len(rest), limits.batch))
    return tuple(ring for ring in (canaries, *batches) if ring)


def tell_rollout(name: str, records: Sequence[Mapping[str, Any]]) -> Rollout:
    """The rollout whose journal holds these records."""
    rollout = Rollout(id=name)
    for record in records:
        match record.get("record"):
            case "rollout":
                rings = tuple(tuple(SiteName(site) for site in ring) for ring in record["rings"])
                rollout = replace(rollout, rings=rings, limits=Limits(**record["limits"]))
            case "begin":
                rollout = replace(rollout, begun=rollout.begun | {SiteName(record["site"])})
            case "site":
                site = SiteName(record["site"])
                facts = {fact: record[fact] for fact in ("exit_code", "verdict", "log")}
                ends = {**rollout.ends, site: SiteEnd(site=site, **facts)}
                rollout = replace(rollout, ends=ends, begun=rollout.begun - {site})
    return rollout
