"""Wire a run at one site: its intent, its target (lab or live), and every port to it."""

import secrets as randomness
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import timedelta

from siteauto.adapters.address_record import AddressRecord
from siteauto.adapters.ansible_playbooks import AnsiblePlaybooks
from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.run_folder import RunFolder
from siteauto.adapters.state_folder import StateFolder
from siteauto.adapters.system_clock import SystemClock
from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.adapters.transports import make_transport
from siteauto.app.access import credentials_of, fallbacks_of, proxy_command
from siteauto.app.backups import make_archive
from siteauto.app.company import Company, SiteView, open_company, open_site
from siteauto.app.runs import open_journal, operator
from siteauto.app.secrets import open_secrets
from siteauto.app.settings import Settings
from siteauto.app.where import Where, find_target, still_at
from siteauto.core.change.lease import LOOKING, Lease
from siteauto.core.change.transaction import Pace
from siteauto.core.checks.plan import plan_checks
from siteauto.core.config import SecretBook
from siteauto.core.intent.server_inventory import Login, build_inventory
from siteauto.core.markers import secrets_in
from siteauto.core.models import Device, PlatformName, Role, SecretRef, SiteName
from siteauto.core.ports import Credential, Secrets, Target
from siteauto.workflows.render import configured, render_bootstrap, render_site
from siteauto.workflows.servers import Servers
from siteauto.workflows.site_run import SiteRun


def open_site_run(
    settings: Settings,
    name: str,
    *,
    trust_new_host_keys: bool = False,
    from_addresses: Sequence[str] = (),
    company: Company | None = None,
) -> SiteRun:
    """Load the site, find its devices and wire the ports. No device is contacted yet.

    `from_addresses` say where devices still are whose address the inventory has changed. `company` is for whoever opens
    many sites of one.
    """
    company = company or open_company(settings)
    view = open_site(company, name)
    state = StateFolder(settings.state)
    state.ensure()
    where = still_at(find_target(settings, view.site), view.site, from_addresses)
    sources = open_secrets(settings, where.secrets, lab=where.lab)
    rendered = render_site(view.intents, company.platforms, company.renderer)
    bootstrap = render_bootstrap(view.intents, company.platforms, company.renderer)
    refs = {ref for each in (*rendered.values(), *bootstrap.values()) for ref in secrets_in(each.text)}
    book = _book(sources, refs, state.token_key())
    targets = make_targets(view, where, trust_new_host_keys=trust_new_host_keys)
    backup_only = _backup_only(view, where, trust_new_host_keys=trust_new_host_keys)
    logins = {one.password for target in (*targets, *backup_only) for one in target.credentials}
    clock = SystemClock()
    run = f"{clock.now():%Y%m%dT%H%M%SZ}-{randomness.token_hex(3)}"
    return SiteRun(
        id=run,
        site=view.site,
        intents=view.intents,
        rendered=rendered,
        checks=plan_checks(view.intents, company.platforms) if view.intents else (),
        targets=targets,
        described_as=_described(view, where),
        transport=make_transport(sources),
        runner=NornirRunner(workers=settings.workers),
        clock=clock,
        parser=TextFsmParser(),
        secrets=sources,
        book=book,
        archive=make_archive(settings, where, book, _values(sources, logins)),
        journal=_new_journal(settings, run, view.site.name, where),
        lab=where.lab,
        target=where.described_as,
        servers=_servers(settings, view, where, sources),
        backup_only=backup_only,
        met_at=AddressRecord(where.known_hosts, view.site.name).keep,
    )


def make_targets(view: SiteView, where: Where, *, trust_new_host_keys: bool = False) -> tuple[Target, ...]:
    """Where each configured device is reached, and as whom: the site's own login first, then the day-0 one."""
    site = view.site
    return tuple(
        _target(
            view,
            where,
            intent.device,
            port=where.port(spec.endpoint),
            credentials=credentials_of(site, spec.administrator, lab=where.lab),
            trust=trust_new_host_keys,
        )
        for intent, spec in configured(view.intents, view.company.platforms)
    )


def _target(
    view: SiteView, where: Where, device: Device, *, port: int, credentials: tuple[Credential, ...], trust: bool
) -> Target:
    """Raises KeyError for a device without a platform."""
    host = str(device.address.ip) if device.role is Role.BACKUP_ONLY else where.host(device.name)
    return Target(
        device=device,
        platform=view.company.platforms[device.platform or PlatformName("")],
        host=host,
        port=port,
        credentials=credentials,
        known_hosts=where.known_hosts,
        elsewhere="" if device.role is Role.BACKUP_ONLY else where.elsewhere(device.name),
        trust_new_host_key=trust,
        proxy_command=proxy_command(view.site, where),
    )


def _new_journal(settings: Settings, run: str, site: SiteName, where: Where) -> RunFolder:
    head = {"run": run, "site": site, "by": operator(), "lab": where.lab, "target": where.described_as}
    return open_journal(settings, run, {**head, "at": SystemClock().now().isoformat(timespec="seconds")})


def _described(view: SiteView, where: Where) -> str:
    absent = [one.device.short for one in view.site.backup_only] if where.lab else []
    return f"{where.described_as}; not in the lab: {', '.join(absent)}" if absent else where.described_as


def _backup_only(view: SiteView, where: Where, *, trust_new_host_keys: bool) -> tuple[Target, ...]:
    """Boxes that are only read. A lab has none of them, and a run in the lab must not reach out to live ones."""
    if where.lab:
        return ()
    return tuple(
        _target(
            view,
            where,
            one.device,
            port=one.port or view.company.platforms[one.device.platform].endpoint.port,
            credentials=fallbacks_of(view.site, Credential(username=one.username, password=one.password)),
            trust=trust_new_host_keys,
        )
        for one in view.site.backup_only
        if one.device.platform is not None
    )


def _book(sources: Secrets, refs: set[SecretRef], key: bytes) -> SecretBook:
    return SecretBook(values=_values(sources, refs), key=key)


def _values(sources: Secrets, refs: set[SecretRef]) -> dict[str, str]:
    """Those of the references that have a value here."""
    missing = set(sources.missing(sorted(refs, key=str)))
    return {ref.name: sources.resolve(ref) for ref in sorted(refs - missing, key=str)}


def _servers(settings: Settings, view: SiteView, where: Where, sources: Secrets) -> Servers | None:
    if not any(device.role is Role.SERVER for device in view.site.devices):
        return None
    playbooks = AnsiblePlaybooks(root=settings.playbooks, secrets=sources)
    if not where.servers:
        return Servers(playbooks=playbooks, inventory={}, untested=where.no_servers)
    first = next(iter(where.servers.values()))
    inventory = build_inventory(
        view.site,
        view.intents,
        hosts={name: (one.host, one.port) for name, one in where.servers.items()},
        login=Login(user=first.user, known_hosts=where.known_hosts, key_file=first.key_file),
    )
    return Servers(playbooks=playbooks, inventory=inventory)


def lock_site(settings: Settings, run: SiteRun, pace: Pace | None = None) -> AbstractContextManager[None]:
    """Hold the site alone, for the change's window. Raises UsageError that names who holds it, and until when."""
    window = timedelta(seconds=(pace or Pace()).window)
    now = run.clock.now()
    lease = Lease(run=run.id, by=operator(), since=now, until=now + LOOKING + window)
    return StateFolder(settings.state).lock(run.site.name, lease)
