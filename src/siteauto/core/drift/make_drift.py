"""Judge the drift of one device, wherever its running configuration was read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from siteauto.core.change.three_way import with_unread, without_unread
from siteauto.core.config import (
    OPAQUE,
    ConfigDiff,
    ConfigTree,
    Difference,
    SecretBook,
    diff,
    diff_text,
    normalise,
    remediate,
)
from siteauto.core.drift import DeviceDrift, DriftStatus, last_change
from siteauto.core.drift.ignore import IgnoreRule, Subject, sift
from siteauto.core.platform_spec import PlatformSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftFacts:
    """What one device holds and what it shall hold. `login` is the user that siteauto logs in as.

    `unread` are patterns of lines that the running text never has (see `three_way`).
    """

    subject: Subject
    platform: PlatformSpec
    running: str
    intended: str
    login: str
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignores:
    """The rules of the repository, as they are today."""

    rules: tuple[IgnoreRule, ...] = ()
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedDrift:
    """One verdict, and the ignore rules that it took, once for each difference."""

    drift: DeviceDrift
    used: tuple[IgnoreRule, ...] = ()


def find_what_counts(facts: DriftFacts, ignores: Ignores, book: SecretBook = OPAQUE) -> tuple[Difference, ...]:
    """The differences that are drift and that no rule covers."""
    rules = facts.platform.config
    found = diff(normalise(rules, facts.running, secrets=book), normalise(rules, facts.intended, secrets=book))
    counting = without_unread(found, facts.unread).significant
    return sift(ignores.rules, facts.subject, counting, today=ignores.today).kept


def judge_drift(facts: DriftFacts, ignores: Ignores, book: SecretBook = OPAQUE) -> JudgedDrift:
    """Compare, take away what is agreed upon, and say how the rest would be undone."""
    rules = facts.platform.config
    running = normalise(rules, facts.running, secrets=book)
    intended = normalise(rules, facts.intended, secrets=book)
    found = without_unread(diff(running, intended), facts.unread)
    sifted = sift(ignores.rules, facts.subject, found.significant, today=ignores.today)
    count = len(sifted.kept)
    unknown = sum(item.word == "cannot-tell" for item in found.differences)
    drift = DeviceDrift(
        device=facts.subject.device,
        status=DriftStatus.DRIFT if count else DriftStatus.SAME,
        text=diff_text(ConfigDiff(differences=sifted.kept, indent=found.indent)),
        differences=count,
        minor=len(found.differences) - len(found.significant) - unknown,
        untold=unknown,
        last_change=last_change(facts.platform.backup, facts.running),
        suppressed=len(sifted.used),
    )
    return JudgedDrift(drift=_remedied(drift, facts, running, intended) if count else drift, used=sifted.used)


def _remedied(drift: DeviceDrift, facts: DriftFacts, running: ConfigTree, intended: ConfigTree) -> DeviceDrift:
    """The drift with the commands against it, and what the proof says of them."""
    if drift.suppressed:
        return replace(drift, converges="by hand, since commands would undo what is suppressed too")
    remedy = remediate(with_unread(running, intended, facts.unread), intended, keep_logins=(facts.login,))
    if remedy.converges:
        return replace(drift, remediation=remedy.commands, converges="converges")
    return replace(drift, remediation=remedy.commands, converges=f"{_instead(facts)}: {_few(remedy.refused)}")


def _instead(facts: DriftFacts) -> str:
    """What leads there where commands do not."""
    method = next((one for one in facts.platform.push if facts.subject.role in one.roles), None)
    return "full replace" if method is not None and method.mode == "replace" else "by hand"


def _few(reasons: Sequence[str]) -> str:
    more = f"; and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    return "; ".join(reasons[:3]) + more
