"""All that a run at one site works with: what the site shall be, where its devices are, and the ports to them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from siteauto.core.checks import KINDS, Check
from siteauto.core.checks.plan import plan_login
from siteauto.core.config import SecretBook
from siteauto.core.errors import UsageError
from siteauto.core.intent import DeviceIntent, RenderedConfig
from siteauto.core.leaks import Gated
from siteauto.core.models import DeviceName, Site
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Clock, Journal, Parser, Runner, Secrets, Store, Target, Transport
from siteauto.core.site.rules_backup_only import is_backup_only
from siteauto.workflows.servers import Servers

Redactor = Callable[[PlatformSpec, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Where backups go.

    `redact` replaces every secret in a text of a platform; `gate` masks what must not be in a text all the same;
    `fingerprint` stands for what a text says, secrets included; `folder` is for people to read.
    """

    store: Store
    redact: Redactor
    gate: Callable[[str], Gated]
    fingerprint: Redactor
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRun:
    """One run at one site. `described_as` names the target for people: lab us-nyc-mad01 (…), or live us-nyc-mad01.

    `targets` are the devices that siteauto configures; those that it only reads are in `backup_only`. `lab` and
    `target` tell a run in one lab from a run in another, and from one on the real devices.
    """

    id: str
    site: Site
    intents: tuple[DeviceIntent, ...]
    rendered: Mapping[DeviceName, RenderedConfig]
    checks: tuple[Check, ...]
    targets: tuple[Target, ...]
    described_as: str
    transport: Transport
    runner: Runner
    clock: Clock
    parser: Parser
    secrets: Secrets
    book: SecretBook
    archive: Archive
    journal: Journal
    servers: Servers | None
    backup_only: tuple[Target, ...] = ()
    lab: bool = False
    target: str = ""
    met_at: Callable[[Mapping[DeviceName, str]], None] = lambda _: None  # hears where devices proved to be themselves

    def now(self) -> str:
        """The time for a record: UTC, ISO 8601, seconds."""
        return self.clock.now().isoformat(timespec="seconds")


def with_backup_only(run: SiteRun) -> SiteRun:
    """The run with the devices that siteauto only reads, for verbs that change nothing. They are asked for a login."""
    return replace(
        run,
        targets=(*run.targets, *run.backup_only),
        checks=(*run.checks, *(plan_login(target.device) for target in run.backup_only)),
    )


def require_configured(run: SiteRun) -> SiteRun:
    """The same run, for verbs that configure. Raises UsageError for a site of boxes that are only read."""
    if is_backup_only(run.site):
        raise UsageError(
            f"{run.site.name}: nothing to configure",
            expected="a site that follows an archetype",
            found="boxes that are only backed up",
            next_step=f"Run siteauto backup {run.site.name}, or name an archetype in the site's file",
        )
    return run


def select_devices(run: SiteRun, names: Sequence[str]) -> SiteRun:
    """The run with these devices only; all of them where none is named. Raises UsageError for an unknown one."""
    if not names:
        return run
    known = {target.device.short: target for target in run.targets}
    known |= {target.device.name: target for target in run.targets}
    if unknown := [name for name in names if name not in known]:
        raise UsageError(
            f"{run.site.name} has no device {', '.join(unknown)} that siteauto logs in to",
            expected=", ".join(target.device.short for target in run.targets),
            next_step="Give names of this site",
        )
    chosen = {known[name].device.name for name in names}
    return replace(
        run,
        targets=tuple(target for target in run.targets if target.device.name in chosen),
        checks=tuple(check for check in run.checks if check.device in chosen),
    )


def select_kinds(run: SiteRun, kinds: Sequence[str]) -> SiteRun:
    """The run with these kinds of checks only. Raises UsageError for an unknown kind, or when nothing is left."""
    if not kinds:
        return run
    if unknown := sorted(set(kinds) - set(KINDS)):
        raise UsageError(f"There is no kind of check {', '.join(unknown)}", expected=", ".join(sorted(KINDS)))
    checks = tuple(check for check in run.checks if check.kind in kinds)
    if not checks:
        raise UsageError(
            f"{run.site.name}: nothing to check",
            expected="at least one check",
            found=f"none of the kind {', '.join(kinds)}",
            next_step="Choose another kind",
        )
    return replace(run, checks=checks)
