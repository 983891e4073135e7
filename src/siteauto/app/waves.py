"""A new site, wave by wave: what is near first, each wave a run and a transaction of its own."""

from collections.abc import Iterator
from dataclasses import replace

from siteauto.app.runs import open_journal, operator
from siteauto.app.settings import Settings
from siteauto.core.change.transaction import make_waves
from siteauto.core.models import DeviceName
from siteauto.workflows.site_run import SiteRun, select_devices, select_kinds

OWN_CHECKS = ("reachable", "identity", "running_intended")  # those that need no device of a later wave


def waves_of(settings: Settings, run: SiteRun) -> Iterator[SiteRun]:
    """The run with one wave's devices after the other. Only what a device can tell by itself is checked."""
    ours = {target.device.name for target in run.targets}
    paths = {DeviceName(one.device.name): one.management.path for one in run.intents if one.device.name in ours}
    for number, wave in enumerate(make_waves(paths), start=1):
        part = select_kinds(select_devices(run, wave), OWN_CHECKS)
        name = f"{run.id}-wave{number}"
        head = {"run": name, "site": run.site.name, "by": operator(), "lab": run.lab, "target": run.target}
        yield replace(part, id=name, journal=open_journal(settings, name, {**head, "at": run.now()}))
