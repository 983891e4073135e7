"""Drill the restore: open stored copies, put them on simulated devices as a restore would, read back, compare."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from siteauto.core.drill import DeviceDrill, DrillStatus, find_flaws
from siteauto.core.errors import SecretError, SiteautoError
from siteauto.core.models import DeviceName, PlatformName, SiteName
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Copies, Target
from siteauto.core.restore import Restorable
from siteauto.core.stored_copy import FoundCopy
from siteauto.workflows.restore import Unseal, open_copy, rehearse
from siteauto.workflows.site_run import SiteRun, select_devices

# A lab of a site, factory-new, for as long as it is used. Raises SiteautoError where there can be none.
Lab = Callable[[SiteName], AbstractContextManager[SiteRun]]
READ = "it opens, is whole and what its record says"
SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What a drill works with."""

    copies: Copies
    unseal: Unseal
    lab: Lab
    platforms: Mapping[PlatformName, PlatformSpec]


def drill_site(drill: Drill, site: SiteName, devices: Sequence[DeviceName]) -> tuple[DeviceDrill, ...]:
    """Whether the last copies of these devices of one site can be restored. Whatever is wrong is in the result.

    Raises SecretError where there is no identity to open anything with: that says nothing of the copies.
    """
    found: dict[DeviceName, FoundCopy] = {}
    ended: list[DeviceDrill] = []
    for device in devices:
        try:
            copy = drill.copies.find(device)
            judged = _read(drill, copy)
        except SecretError:
            raise
        except SiteautoError as error:
            judged = DeviceDrill(site=site, device=device, status=DrillStatus.FAILED, reason=str(error))
        if judged is None:
            found[device] = copy
        else:
            ended.append(judged)
    if found:
        try:
            with drill.lab(site) as run:
                ended += _rehearse_all(drill, run, found)
        except SiteautoError as error:
            why = f"{READ}; the lab cannot take it: {error}"
            ended += [_drilled(copy, DrillStatus.UNTESTED, why) for copy in found.values()]
    return tuple(sorted(ended, key=lambda one: one.device))


def _read(drill: Drill, copy: FoundCopy) -> DeviceDrill | None:
    """What can be said of a copy without a device; None: it is whole, and a lab's device can be loaded with it."""
    platform = drill.platforms.get(copy.record.platform)
    flaws = find_flaws(platform, copy.record, drill.unseal(copy))
    if flaws:
        return _drilled(copy, DrillStatus.FAILED, "; ".join(flaws))
    if platform is None or not platform.push:
        return _drilled(copy, DrillStatus.READABLE, f"{READ}; {copy.record.platform} is backed up and not pushed")
    return None


def _rehearse_all(drill: Drill, run: SiteRun, found: Mapping[DeviceName, FoundCopy]) -> list[DeviceDrill]:
    """All of them as one change; where that fails, each by itself, so that one bad copy is found among good ones."""
    targets = {target.device.name: target for target in run.targets}
    ended = [
        _drilled(copy, DrillStatus.READABLE, f"{READ}; the lab has no such device")
        for device, copy in found.items()
        if device not in targets
    ]
    there = {device: copy for device, copy in found.items() if device in targets}
    try:
        return ended + _rehearse(drill, run, there, targets)
    except SiteautoError as error:
        if len(there) == 1:
            return ended + [_drilled(copy, DrillStatus.FAILED, str(error)) for copy in there.values()]
    for device, copy in there.items():
        try:
            ended += _rehearse(drill, run, {device: copy}, targets)
        except SiteautoError as error:
            ended.append(_drilled(copy, DrillStatus.FAILED, str(error)))
    return ended


def _rehearse(
    drill: Drill, run: SiteRun, copies: Mapping[DeviceName, FoundCopy], targets: Mapping[DeviceName, Target]
) -> list[DeviceDrill]:
    if not copies:
        return []
    opened: list[Restorable] = [open_copy(targets[name], copy, drill.unseal) for name, copy in copies.items()]
    left = rehearse(select_devices(run, list(copies)), opened)
    return [_judged(copies[name], lines) for name, lines in left.items()]


def _judged(copy: FoundCopy, lines: Sequence[str]) -> DeviceDrill:
    if not lines:
        return _drilled(copy, DrillStatus.PROVEN)
    more = "; …" if len(lines) > SHOWN else ""
    told = "; ".join(line.strip() for line in lines[:SHOWN])
    return _drilled(copy, DrillStatus.FAILED, f"{len(lines)} lines read back otherwise: {told}{more}")


def _drilled(copy: FoundCopy, status: DrillStatus, reason: str = "") -> DeviceDrill:
    return DeviceDrill(
        site=copy.record.site,
        device=copy.record.device,
        status=status,
        commit=copy.version.commit,
        copied_at=copy.version.at,
        reason=reason,
    )
