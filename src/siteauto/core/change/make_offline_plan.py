"""Make the offline plan of a device: three-way labels, risk, and how the change would be applied and undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from siteauto.core.change.make_plan import NO_TIMER
from siteauto.core.change.offline_plan import BackupFacts, DeviceForecast, StoredCopy
from siteauto.core.change.risk import Risk, find_lost_objects, find_risks, worst_level
from siteauto.core.change.three_way import TO_DO, Label, ThreeTrees, label_differences, with_unread
from siteauto.core.completeness import find_defects
from siteauto.core.config import ConfigTree, Difference, Remediation, normalise, remediate
from siteauto.core.drift import last_change
from siteauto.core.intent import DeviceIntent
from siteauto.core.platform_spec import PlatformSpec

NOTHING = Remediation(commands=(), rollback=(), converges=True)

Ignored = Callable[[DeviceIntent, Difference], bool]  # whether somebody has agreed to leave this drift alone


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts:
    """One device before and after the change. `base` is None where it is new, or where the old intent is unsound."""

    intent: DeviceIntent
    platform: PlatformSpec
    base: str | None
    head: str
    copy: StoredCopy | None
    new: bool = False  # the old intent has no such device


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """From when on a backup is too old to be believed without a warning."""

    now: datetime
    limit: timedelta

    def age(self, copy: StoredCopy) -> timedelta:
        """How old this copy is."""
        return self.now - datetime.fromisoformat(copy.at)

    def is_stale(self, copy: StoredCopy) -> bool:
        """Whether this copy is older than the limit."""
        return self.age(copy) > self.limit


def forecast(
    facts: ChangeFacts, fresh: Freshness, ignored: Ignored = lambda _intent, _difference: False
) -> DeviceForecast:
    """What the change would do to one device."""
    device, platform = facts.intent.device, facts.platform
    trees = _trees(facts)
    found = label_differences(trees)
    labelled = tuple(
        (label, item) for label, item in found.labelled if label is not Label.DRIFT or not ignored(facts.intent, item)
    )
    to_do = [item for label, item in labelled if label in TO_DO]
    method = platform.push_method(device.role)
    empty = ConfigTree(rules=platform.config)
    start = with_unread(trees.running or trees.base or empty, trees.base or empty, trees.unread)
    remedy = remediate(start, trees.head) if to_do else NOTHING
    risks = _risks(facts, to_do, start, trees.head)
    return DeviceForecast(
        site=facts.intent.site,
        device=device.name,
        role=device.role,
        platform=platform.name,
        hunks=replace(found, labelled=labelled).hunks(),
        backup=_backup(facts, fresh),
        trouble=_trouble(facts),
        untold=found.untold,
        suppressed=len(found.labelled) - len(labelled),
        risks=risks,
        level=worst_level(risks),
        mode=method.mode if method else "none",
        timer=method.timer if method else NO_TIMER,
        commands=remedy.commands,
        refused=remedy.refused,
    )


def _risks(facts: ChangeFacts, to_do: Sequence[Difference], start: ConfigTree, head: ConfigTree) -> tuple[Risk, ...]:
    if not to_do:
        return ()
    vlan = facts.intent.management.vlan_id
    return (*find_risks(to_do, facts.platform, management_vlan=vlan), *find_lost_objects(start, head))


def _defects(facts: ChangeFacts) -> tuple[str, ...]:
    """Why the backup cannot be compared; empty where it can, or where there is none."""
    return find_defects(facts.platform.backup, facts.copy.text) if facts.copy is not None else ()


def _trouble(facts: ChangeFacts) -> str:
    if facts.copy is None:
        return "it has no backup"
    if defects := _defects(facts):
        return f"its backup cannot be read: {'; '.join(defects)}"
    if facts.base is None and not facts.new:
        return "its old intent is not sound, so that nobody can tell what was done by hand"
    return ""


def _trees(facts: ChangeFacts) -> ThreeTrees:
    rules = facts.platform.config
    readable = facts.copy is not None and not _defects(facts)

    def tree(text: str | None) -> ConfigTree | None:
        return normalise(rules, text) if text is not None else None

    return ThreeTrees(
        running=tree(facts.copy.text) if facts.copy is not None and readable else None,
        base=tree("" if facts.new else facts.base),
        head=normalise(rules, facts.head),
        unread=tuple(rule.hidden for rule in rules.reveals),
    )


def _backup(facts: ChangeFacts, fresh: Freshness) -> BackupFacts | None:
    copy = facts.copy
    if copy is None:
        return None
    return BackupFacts(
        commit=copy.commit,
        at=copy.at,
        hours=fresh.age(copy) // timedelta(hours=1),
        stale=fresh.is_stale(copy),
        last_change=last_change(facts.platform.backup, copy.text),
    )
