"""The Nornir inventory plug-in `SiteautoInventory`: the devices of one site, ready for siteauto's tasks and others."""

import os
import threading
from dataclasses import replace
from pathlib import Path

from nornir.core.inventory import ConnectionOptions, Defaults, Groups, Host, Hosts, Inventory

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.nornir_tasks import CONNECTION, HostKit
from siteauto.adapters.run_folder import RunFolder
from siteauto.app.runs import open_journal, operator
from siteauto.app.settings import Settings, read_settings
from siteauto.app.site_run import open_site_run
from siteauto.app.waves import OWN_CHECKS
from siteauto.core.change.plan import DevicePlan, Plan
from siteauto.core.models import DeviceName
from siteauto.core.ports import Session, Target
from siteauto.core.run import Outcome
from siteauto.workflows.backup import store_backup
from siteauto.workflows.fetch_copy import fetch_copy
from siteauto.workflows.inspection import inspect_site
from siteauto.workflows.provision import Terms, change_network, plan_network
from siteauto.workflows.site_run import SiteRun, select_devices, select_kinds

# One device's push is judged by that device alone: its neighbours may still be factory-new.


class SiteautoInventory:
    """Implements Nornir's InventoryPlugin.

    Options: `site`; `root`, the repository (by default the one around the working folder). The site's lab is meant
    while it is up, its real devices otherwise, as with every command.
    """

    def __init__(self, site: str, root: str | None = None) -> None:
        self._settings = read_settings(os.environ, start=Path.cwd(), root=Path(root) if root else None)
        self._site = site

    def load(self) -> Inventory:
        """One host per device that siteauto logs in to. Raises InputError, UsageError."""
        run = open_site_run(self._settings, self._site)
        lock = threading.Lock()
        hosts = {str(target.device.name): _host(self._settings, run, target, lock) for target in run.targets}
        return Inventory(hosts=Hosts(hosts), groups=Groups(), defaults=Defaults())


def _host(settings: Settings, run: SiteRun, target: Target, lock: threading.Lock) -> Host:
    """A host whose other connections work too: its platform is the name that NAPALM and Netmiko know."""
    device = target.device
    return Host(
        name=device.name,
        hostname=target.host,
        port=target.port,
        platform=target.platform.names.napalm or target.platform.names.netmiko,
        data={
            CONNECTION: _kit(settings, run, target, lock),
            "site": run.site.name,
            "role": str(device.role),
            "model": device.model,
            "serial": device.serial,
        },
        connection_options={CONNECTION: ConnectionOptions(extras={"target": target, "transport": run.transport})},
    )


def _kit(settings: Settings, run: SiteRun, target: Target, lock: threading.Lock) -> HostKit:
    name = target.device.name
    alone = replace(
        select_kinds(select_devices(run, [name]), OWN_CHECKS),
        runner=NornirRunner(1),
        id=f"{run.id}-{target.device.short}",
        journal=_journal(settings, run, target),
    )

    def back_up(session: Session) -> str:
        fetched = {DeviceName(name): Outcome(device=name, value=fetch_copy(session, target.platform))}
        with lock:  # one commit at a time
            return store_backup(alone, fetched, reason="Nornir task backup_config").commit

    def push(plan: DevicePlan) -> None:
        ended = change_network(alone, Plan(site=run.site.name, devices=(plan,)), lambda _: None, Terms())
        for error in (ended.reason, *(one.error for one in ended.devices)):
            if error is not None:
                raise error

    return HostKit(
        target=target,
        transport=run.transport,
        render=lambda: run.rendered[name].text,
        back_up=back_up,
        plan=lambda: plan_network(alone, inspect_site(alone)).device(name),
        push=push,
    )


def _journal(settings: Settings, run: SiteRun, target: Target) -> RunFolder:
    """Each host's push is a run of its own."""
    head = {"site": run.site.name, "by": operator(), "lab": run.lab, "target": run.target, "at": run.now()}
    return open_journal(settings, f"{run.id}-{target.device.short}", head)
