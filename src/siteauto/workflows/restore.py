"""Put stored copies back on the devices of a site: the same plan, transaction and proof as any other change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from siteauto.core.change.candidate import changes
from siteauto.core.change.outcome import Provisioned, TransactionResult
from siteauto.core.change.plan import Plan
from siteauto.core.change.transaction import Pace, Verdict
from siteauto.core.checks import select_checks
from siteauto.core.errors import DeviceError, SiteautoError, as_one
from siteauto.core.intent import RenderedConfig
from siteauto.core.models import DeviceName
from siteauto.core.ports import Copies, Target
from siteauto.core.redact import tokenise
from siteauto.core.restore import Restorable, make_wanted, map_ports, rename_ports, restore_notes, version_notes
from siteauto.core.stored_copy import FoundCopy
from siteauto.workflows.inspection import Held, inspect_site
from siteauto.workflows.provision import BROKEN, OnEvent, Terms, finish, plan_network, push_ports, recorded
from siteauto.workflows.push import AS_PLANNED
from siteauto.workflows.read_config import read_config
from siteauto.workflows.site_checks import check_site
from siteauto.workflows.site_run import SiteRun
from siteauto.workflows.transaction import run_transaction

Unseal = Callable[[FoundCopy], bytes]

# What a restored device must be before it is decided: itself, and reached with the login in use. Whether the network
# works as the site file says is another question: a copy may be older than the site file. It is asked at the end.
GATE = frozenset({"reachable", "identity"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePlan:
    """What would go back: the network's plan, each device's copy, and the exact texts that it stands for."""

    network: Plan
    copies: tuple[Restorable, ...]
    wanted: Mapping[DeviceName, str] = field(repr=False)


def open_copies(run: SiteRun, copies: Copies, unseal: Unseal, *, at: str = "") -> tuple[Restorable, ...]:
    """The copy of each device of the run that held at this moment or commit. Raises SeveralErrors with all problems."""
    opened, errors = list[Restorable](), list[SiteautoError]()
    for target in run.targets:
        try:
            opened.append(open_copy(target, copies.find(target.device.name, at), unseal))
        except SiteautoError as error:
            errors.append(error)
    if errors:
        raise as_one(tuple(errors))
    return tuple(opened)


def open_copy(target: Target, found: FoundCopy, unseal: Unseal) -> Restorable:
    """A copy as this device can take it. Raises SecretError, StoreError where it does not open."""
    device, platform, record = target.device, target.platform, found.record
    exact, unmapped = unseal(found).decode(), tuple[str, ...]()
    old, new = platform.hardware_of(record.model), platform.hardware_of(device.model)
    if old is not None and new is not None and old is not new:
        names = map_ports(old, new)
        exact, unmapped = rename_ports(exact, names), tuple(port for port in old.ports if port not in names)
    notes = restore_notes(platform, device, record, unmapped=unmapped)
    return Restorable(device=device.name, version=found.version, record=record, notes=notes, exact=exact)


def plan_restore(run: SiteRun, copies: Sequence[Restorable], held: Mapping[DeviceName, Held]) -> RestorePlan:
    """What would change on the devices. In the plan secrets are tokens; the exact texts stay beside it."""
    by_name = {one.device: one for one in copies}
    wanted = {
        target.device.name: make_wanted(
            target.platform,
            held[target.device.name].whole,
            by_name[target.device.name].exact,
            [one.username for one in target.credentials],
        )
        for target in run.targets
    }
    rendered = {
        target.device.name: RenderedConfig(
            device=target.device.name,
            text=tokenise(target.platform.config, wanted[target.device.name], run.book),
            sources=(),
        )
        for target in run.targets
    }
    network = plan_network(replace(run, rendered=rendered), held)
    devices = tuple(
        replace(one, notes=(*_notes(by_name[one.device], held[one.device]), *one.notes), unmanaged=())
        for one in network.devices
    )
    return RestorePlan(network=replace(network, devices=devices), copies=tuple(copies), wanted=wanted)


def _notes(copy: Restorable, held: Held) -> tuple[str, ...]:
    return (*copy.notes, *version_notes(copy.record, held.version))


def restore(run: SiteRun, plan: RestorePlan, on_event: OnEvent, terms: Terms) -> Provisioned:
    """Obey a plan. Everything that goes wrong is in the result, Ctrl-C too; the site is checked and backed up after."""
    done = Provisioned(transaction=put_back(run, plan, on_event, terms))
    if done.transaction.verdict is Verdict.COMMITTED and not done.transaction.interrupted:
        done = finish(replace(run, servers=None), None, done, on_event)
    return recorded(run, done)


def put_back(run: SiteRun, plan: RestorePlan, on_event: OnEvent, terms: Terms) -> TransactionResult:
    """The change alone, without what follows it: a wave of several, or a rehearsal."""
    # The plan has tokens for secrets: whoever must carry it out after our death needs the texts themselves.
    kept = {name: run.journal.keep(f"wanted/{name}", text) for name, text in plan.wanted.items()}
    run.journal.append({"record": "wanted", "at": run.now(), "texts": kept})
    return run_transaction(
        plan.network,
        run.targets,
        push_ports(run, stored=plan.wanted),
        verify=lambda changed: _problems(run, changed),
        on_event=on_event,
        run=run.id,
        approved=terms.approved,
        accept_nonatomic=terms.accept_nonatomic,
        pace=terms.pace,
    )


def _problems(run: SiteRun, changed: Sequence[Target]) -> tuple[str, ...]:
    new = {target.device.name: target for target in changed}
    targets = [new.get(target.device.name, target) for target in run.targets]
    report = check_site(run, checks=select_checks(run.checks, GATE), targets=targets)
    return tuple(result.message for result in report.results if result.status in BROKEN)


def rehearse(run: SiteRun, copies: Sequence[Restorable]) -> Mapping[DeviceName, tuple[str, ...]]:
    """Restore copies onto a lab's devices and read them back: the lines by which each is not what was put there.

    Secrets in the lines are tokens. Raises SiteautoError where the devices do not take the copies.
    """
    plan = plan_restore(run, copies, inspect_site(run))
    ended = put_back(run, plan, lambda _: None, Terms(pace=Pace(settle=0), accept_nonatomic=True))
    if ended.verdict is not Verdict.COMMITTED:
        raise ended.reason or DeviceError(f"{run.site.name}: the copies did not go on the lab's devices")
    read = run.runner.run(ended.targets or run.targets, lambda target: _read_back(run, target, plan))
    return {name: one.value if one.value is not None else (str(one.error),) for name, one in read.items()}


def _read_back(run: SiteRun, target: Target, plan: RestorePlan) -> tuple[str, ...]:
    with run.transport.connect(replace(target, generation=AS_PLANNED)) as session:
        return changes(
            target.platform, read_config(session, target.platform), plan.wanted[target.device.name], run.book
        )
