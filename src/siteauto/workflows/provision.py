"""Bring a whole site to its intended state: look, plan, and once approved change it as one; servers, checks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import urandom
from types import MappingProxyType

from siteauto.core.backup import BackupReport
from siteauto.core.change.candidate import SecretForms
from siteauto.core.change.make_plan import DeviceFacts, make_plan
from siteauto.core.change.outcome import Provisioned, TransactionResult
from siteauto.core.change.plan import Plan
from siteauto.core.change.transaction import Pace, Verdict
from siteauto.core.checks import GATE_KINDS, Status, select_checks
from siteauto.core.errors import SiteautoError, StoreError
from siteauto.core.models import DeviceName
from siteauto.core.ports import PlaybookResult, Target
from siteauto.core.run import Event, Outcome
from siteauto.workflows.backup import back_up, store_backup
from siteauto.workflows.fetch_copy import describe
from siteauto.workflows.inspection import Held, inspect_site
from siteauto.workflows.push import PushPorts
from siteauto.workflows.servers import play
from siteauto.workflows.site_checks import check_site
from siteauto.workflows.site_run import SiteRun
from siteauto.workflows.transaction import run_transaction

OnEvent = Callable[[Event], None]
SALT_BYTES = 16
NOTHING_STORED: Mapping[DeviceName, str] = MappingProxyType({})
BROKEN = frozenset({Status.FAIL, Status.ERROR, Status.UNREACHABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what a plan is obeyed: how long things may take, who approved it, and what else was agreed to."""

    pace: Pace = field(default_factory=Pace)
    approved: str = ""
    accept_nonatomic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """What would change at a site: its network, and what its servers' playbook says of itself in check mode."""

    network: Plan
    servers: PlaybookResult | None

    @property
    def changes(self) -> bool:
        """Whether there is anything to do. A server that could not be asked may have something to do."""
        return bool(self.network.changing) or (self.servers is not None and bool(self.servers.changed))


def look(run: SiteRun, on_event: OnEvent) -> tuple[Mapping[DeviceName, Held], BackupReport]:
    """Connect, check identities, and back up what is there. Raises SeveralErrors, DeviceError, UnreachableError."""
    _tell(run, on_event, "connect", f"{len(run.targets)} devices")
    held = inspect_site(run)
    platforms = {target.device.name: target.platform for target in run.targets}
    fetched = {name: Outcome(device=name, value=describe(platforms[name], one.running)) for name, one in held.items()}
    _tell(run, on_event, "back up")
    return held, store_backup(run, fetched, reason="before a change")


def plan_site(run: SiteRun, held: Mapping[DeviceName, Held], on_event: OnEvent) -> SitePlan:
    """What would change. Changes nothing: servers are played in check mode."""
    network = plan_network(run, held)
    _tell(run, on_event, "plan the servers")
    return SitePlan(network=network, servers=play(run.servers, check=True, on_event=on_event))


def plan_network(run: SiteRun, held: Mapping[DeviceName, Held]) -> Plan:
    """What would change on the devices of this run."""
    intents = {intent.device.name: intent for intent in run.intents}
    facts = [
        DeviceFacts(
            intent=intents[target.device.name],
            platform=target.platform,
            rendered=run.rendered[target.device.name],
            running=held[target.device.name].whole,
            method=held[target.device.name].method,
            why_not=held[target.device.name].why_not,
            host=held[target.device.name].host,
            planned_host=target.host,
        )
        for target in run.targets
    ]
    return make_plan(run.site.name, facts, run.book)


def provision(run: SiteRun, plan: SitePlan, on_event: OnEvent, terms: Terms) -> Provisioned:
    """Obey a plan. Everything that goes wrong is in the result, Ctrl-C too."""
    ended = change_network(run, plan.network, on_event, terms)
    done = Provisioned(transaction=ended)
    if ended.verdict is Verdict.COMMITTED and not ended.interrupted:
        done = finish(run, plan.servers, done, on_event)
    return recorded(run, done)


def change_network(run: SiteRun, plan: Plan, on_event: OnEvent, terms: Terms) -> TransactionResult:
    """Change the devices of this run as one, and check them before it is decided."""
    ended = run_transaction(
        plan,
        run.targets,
        push_ports(run),
        verify=lambda changed: _problems(run, changed, on_event),
        on_event=on_event,
        run=run.id,
        approved=terms.approved,
        accept_nonatomic=terms.accept_nonatomic,
        pace=terms.pace,
    )
    return remembered(run, ended)


def remembered(run: SiteRun, ended: TransactionResult) -> TransactionResult:
    """The same, when it is kept where its devices are reached now."""
    try:
        run.met_at(ended.met_at)
    except StoreError as error:
        return replace(ended, journal_error=ended.journal_error or error)
    return ended


def push_ports(run: SiteRun, stored: Mapping[DeviceName, str] = NOTHING_STORED) -> PushPorts:
    """What the pushes of this run work with. `stored` are exact texts that go back on their devices."""
    forms = SecretForms(secrets=run.secrets, book=run.book, salt=lambda: urandom(SALT_BYTES), stored=stored)
    return PushPorts(transport=run.transport, runner=run.runner, clock=run.clock, journal=run.journal, forms=forms)


def finish(run: SiteRun, planned: PlaybookResult | None, done: Provisioned, on_event: OnEvent) -> Provisioned:
    """What follows a changed network. One part that fails keeps no other from being done, and all is told."""

    def with_servers(done: Provisioned) -> Provisioned:
        servers = planned
        if servers is None or not servers.settled:
            _tell(run, on_event, "servers")
            servers = play(run.servers, check=False, on_event=on_event)
        return replace(done, servers=servers)

    def with_checks(done: Provisioned) -> Provisioned:
        _tell(run, on_event, "final checks")
        return replace(done, checks=check_site(run, targets=done.transaction.targets))

    def with_backup(done: Provisioned) -> Provisioned:
        _tell(run, on_event, "back up")
        changed = replace(run, targets=done.transaction.targets)
        why = f"after run {run.id}"
        return replace(done, backup=back_up(changed, reason=why, accepted=f"the plan of run {run.id}"))

    for step in (with_servers, with_checks, with_backup):
        try:
            done = step(done)
        except SiteautoError as error:
            done = replace(done, errors=(*done.errors, error))
        except KeyboardInterrupt:
            return replace(done, interrupted=True)
    return done


def recorded(run: SiteRun, done: Provisioned) -> Provisioned:
    """The run's last record: how each part ended."""
    parts: dict[str, object] = {"verdict": done.transaction.verdict, "exit_code": done.exit_code}
    if done.servers is not None:
        tasks = [{"host": task.host, "task": task.task, "status": task.status} for task in done.servers.tasks]
        parts["servers"] = {"status": done.servers.status, "reason": done.servers.reason, "tasks": tasks}
    if done.checks is not None:
        parts["checks"] = {str(status): count for status, count in done.checks.totals.items()}
    if done.backup is not None:
        parts["backup"] = done.backup.commit
    try:
        run.journal.append({"record": "end", "at": run.now(), **parts})
    except SiteautoError as error:
        return replace(done, errors=(*done.errors, error))
    return done


def _problems(run: SiteRun, changed: Sequence[Target], on_event: OnEvent) -> tuple[str, ...]:
    """What is wrong with the armed site. Devices without a change are asked as they are."""
    _tell(run, on_event, "verify", "over fresh connections")
    new = {target.device.name: target for target in changed}
    targets = [new.get(target.device.name, target) for target in run.targets]
    report = check_site(run, checks=select_checks(run.checks, GATE_KINDS), targets=targets)
    return tuple(result.message for result in report.results if result.status in BROKEN)


def _tell(run: SiteRun, on_event: OnEvent, phase: str, message: str = "") -> None:
    on_event(Event(run=run.id, at=run.now(), phase=phase, message=message))
