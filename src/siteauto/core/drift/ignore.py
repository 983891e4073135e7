"""Drift that somebody has agreed to live with: for which lines, why, who answers for it, and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from siteauto.core.config import Difference
from siteauto.core.errors import Place
from siteauto.core.models import DeviceName, SiteName

ANY = "*"
SEPARATOR = " / "


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The device whose drift is judged."""

    site: SiteName
    device: DeviceName
    role: str
    platform: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreRule:
    """One agreement. Patterns are those of a shell: * is anything.

    `section` is the top-level line, `path` the whole of it: `interface Vlan20 / description *`. It holds from `starts`
    to the end of `expires`.
    """

    reason: str
    owner: str
    expires: date
    place: Place
    starts: date | None = None
    site: str = ANY
    device: str = ANY
    role: str = ANY
    platform: str = ANY
    section: str = ANY
    path: str = ANY

    def concerns(self, subject: Subject) -> bool:
        """Whether the device is in its scope."""
        pairs = ((subject.site, self.site), (subject.role, self.role), (subject.platform, self.platform))
        short = subject.device.removeprefix(f"{subject.site}-")
        named = fnmatchcase(subject.device, self.device) or fnmatchcase(short, self.device)
        return named and all(fnmatchcase(value, pattern) for value, pattern in pairs)

    def misses(self, site: Sequence[Subject]) -> bool:
        """Whether it speaks of the site of these devices, and of none of them: a name is misspelled, or gone."""
        return any(map(self._names_site_of, site)) and not any(map(self.concerns, site))

    def _names_site_of(self, one: Subject) -> bool:
        return self.device.startswith(f"{one.site}-") or (self.site != ANY and fnmatchcase(one.site, self.site))

    def covers(self, item: Difference) -> bool:
        """Whether it is about this difference."""
        lines = [(*item.path, line.partition("\n")[0]) for line in (item.running, item.intended) if line]
        return any(
            fnmatchcase(line[0], self.section) and fnmatchcase(SEPARATOR.join(line), self.path) for line in lines
        )

    def has_expired(self, today: date) -> bool:
        """Whether its time is over."""
        return today > self.expires

    def is_active(self, today: date) -> bool:
        """Whether it hides anything today."""
        return not self.has_expired(today) and (self.starts is None or self.starts <= today)


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreReport:
    """What the rules did in one run. An expired rule hides nothing any more and fails the run."""

    suppressed: int = 0
    expired: tuple[IgnoreRule, ...] = ()
    unused: tuple[IgnoreRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """The differences of one device that are left, and the rules that took the others away, once for each."""

    kept: tuple[Difference, ...]
    used: tuple[IgnoreRule, ...] = ()


def sift(rules: Sequence[IgnoreRule], subject: Subject, items: Iterable[Difference], *, today: date) -> Sifted:
    """Take away what the active rules cover."""
    active = [rule for rule in rules if rule.is_active(today) and rule.concerns(subject)]
    kept: list[Difference] = []
    used: list[IgnoreRule] = []
    for item in items:
        rule = next((rule for rule in active if rule.covers(item)), None)
        if rule is None:
            kept.append(item)
        else:
            used.append(rule)
    return Sifted(kept=tuple(kept), used=tuple(used))


def report_ignores(
    rules: Sequence[IgnoreRule],
    used: Sequence[IgnoreRule],
    *,
    compared: Sequence[Subject],
    known: Sequence[Subject],
    today: date,
) -> IgnoreReport:
    """What became of the rules at a site whose devices are `known`, of which some were `compared`.

    A rule for others is not unused, unless it names the site and none of its devices.
    """
    concerned = [rule for rule in rules if any(map(rule.concerns, compared)) or rule.misses(known)]
    return IgnoreReport(
        suppressed=len(used),
        expired=tuple(rule for rule in concerned if rule.has_expired(today)),
        unused=tuple(rule for rule in concerned if rule.is_active(today) and rule not in used),
    )
