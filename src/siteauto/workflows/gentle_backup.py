"""Back a site up without hurting it: patience with what may pass, and none with a site that is down.

Healthy devices are committed before sick ones are tried again. A refused password and a changed host key are not tried
again at all: the next login could lock an account.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from siteauto.core.backup import BackupReport, BackupStatus, DeviceBackup
from siteauto.core.backup_policy import BackupPolicy
from siteauto.core.errors import AuthenticationError, HostKeyError, UnreachableError
from siteauto.core.models import DeviceName
from siteauto.core.ports import Target
from siteauto.workflows.backup import fetch, store_backup
from siteauto.workflows.early_store import Come, EarlyStore
from siteauto.workflows.fetch_copy import Fetched
from siteauto.workflows.site_run import SiteRun

BASE = 5.0  # seconds before the first further try; each next one waits twice as long
LASTING = (AuthenticationError, HostKeyError)


def back_up_gently(
    run: SiteRun, policy: BackupPolicy, *, reason: str, jitter: Callable[[], float], accepted: str = ""
) -> BackupReport:
    """Store what is whole, then try again what failed, as often as the policy says. `jitter` gives 0 to 1."""
    breaker = Breaker(limit=policy.down_after)
    report = _round(run, breaker, reason, accepted)
    for turn in range(policy.retries):
        again = _worth_another_try(run, report, breaker)
        if breaker.is_open or not again:
            break
        run.clock.sleep(BASE * 2**turn * (0.5 + jitter()))
        report = _merged(report, _round(replace(run, targets=again), breaker, reason, accepted))
    return replace(report, down=breaker.told if breaker.is_open else "")


@dataclass(slots=True, kw_only=True)
class Breaker:
    """Opens when `limit` devices of a site were asked, none answered at all, and keeps the others from being asked."""

    limit: int
    answered: bool = False
    silent: set[DeviceName] = field(default_factory=set)
    lasting: set[DeviceName] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_open(self) -> bool:
        """Whether the site is taken to be down."""
        return not self.answered and len(self.silent) >= self.limit

    @property
    def told(self) -> str:
        """The one finding that a site is which is down."""
        return f"the site is down: {len(self.silent)} of its devices were asked and none answered"

    def ask(self, target: Target, question: Callable[[Target], Fetched]) -> Fetched:
        """Ask unless the site is down. Raises UnreachableError."""
        if self.is_open:
            raise UnreachableError(f"{target.device.name} was not asked", found=self.told)
        try:
            fetched = question(target)
        except LASTING:
            self._note(answered=True)
            self.lasting.add(target.device.name)
            raise
        except UnreachableError:
            self._note(silent=target.device.name)
            raise
        self._note(answered=True)
        return fetched

    def _note(self, *, answered: bool = False, silent: DeviceName | None = None) -> None:
        with self._lock:
            self.answered |= answered
            self.silent |= {silent} if silent is not None else set()


def _round(run: SiteRun, breaker: Breaker, reason: str, accepted: str) -> BackupReport:
    def store(outcomes: Come) -> BackupReport:
        asked = tuple(target for target in run.targets if target.device.name in outcomes)
        return store_backup(replace(run, targets=asked), outcomes, reason=reason, accepted=accepted)

    early = EarlyStore(store)
    with early:
        question = early.noting(lambda target: breaker.ask(target, lambda one: fetch(run, one)))
        outcomes = run.runner.run(run.targets, question)
    first = early.report()
    if first is None:
        return store(outcomes)
    done = {one.device for one in first.devices}
    rest = store({name: outcome for name, outcome in outcomes.items() if name not in done})
    known = {one.device: one for one in (*first.devices, *rest.devices)}
    return replace(rest, devices=tuple(known[target.device.name] for target in run.targets))


def _worth_another_try(run: SiteRun, report: BackupReport, breaker: Breaker) -> tuple[Target, ...]:
    sick = {
        one.device
        for one in report.devices
        if one.status in (BackupStatus.UNREACHABLE, BackupStatus.INCOMPLETE) and one.device not in breaker.lasting
    }
    return tuple(target for target in run.targets if target.device.name in sick)


def _merged(first: BackupReport, second: BackupReport) -> BackupReport:
    """The first report with what the second knows better."""
    better: dict[DeviceName, DeviceBackup] = {one.device: one for one in second.devices}
    return replace(
        first,
        at=second.at,
        commit=second.commit or first.commit,
        devices=tuple(better.get(one.device, one) for one in first.devices),
    )
