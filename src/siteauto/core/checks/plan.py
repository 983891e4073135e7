"""Which checks an intent asks for. What the platform has no way to ask is planned all the same, as unsupported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from siteauto.core.checks import KINDS, Check
from siteauto.core.checks.plan_ports import plan_ports
from siteauto.core.checks.plan_services import plan_policies, plan_services, plan_wireless
from siteauto.core.errors import UsageError
from siteauto.core.intent import DeviceIntent
from siteauto.core.models import Device, PlatformName, Role
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.readings import IdentityReading


def plan_checks(intents: Sequence[DeviceIntent], platforms: Mapping[PlatformName, PlatformSpec]) -> tuple[Check, ...]:
    """Every check of these devices, in their order.

    Access points are asked for at their controller, servers by their playbooks. Raises UsageError when nothing is left
    to check.
    """
    planned: list[Check] = []
    for intent in intents:
        if intent.device.platform is None or intent.device.role is Role.SERVER:
            continue
        platform = platforms[intent.device.platform]
        planned += [_supported(check, platform) for check in _checks_of(intent, platform)]
    if not planned:
        raise UsageError(
            "Nothing to check", expected="at least one device", found="none", next_step="Check the device selection"
        )
    return tuple(planned)


def _checks_of(intent: DeviceIntent, platform: PlatformSpec) -> Iterator[Check]:
    yield from _session(intent, platform)
    box = platform.hardware_of(intent.device.model)
    yield from plan_ports(intent, box.optics if box else ())
    yield from plan_services(intent)
    yield from plan_wireless(intent)
    yield from plan_policies(intent)


def _supported(check: Check, platform: PlatformSpec) -> Check:
    probe = KINDS[check.kind].probe
    if not probe or probe in platform.checks:
        return check
    return replace(check, unsupported=f"platform {platform.name} has no probe for {probe}")


def plan_login(device: Device) -> Check:
    """Whether the device can be logged in to."""
    return Check(
        device=device.name,
        kind="reachable",
        subject="login",
        expected_text=f"a session to {device.address.ip}",
        next_step=f"Check power, cabling and the path to {device.address.ip}",
    )


def _how_to_save(device: Device, platform: PlatformSpec) -> str:
    method = platform.push_method(device.role)
    command = next((step.send for step in method.save), "") if method is not None else ""
    return "Find out why, then save it on the device" + (f": {command}" if command else "")


def _session(intent: DeviceIntent, platform: PlatformSpec) -> Iterator[Check]:
    device = intent.device
    yield plan_login(device)
    yield Check(
        device=device.name,
        kind="identity",
        subject="hardware",
        expected_text=f"{device.model} {device.serial}",
        expected=(IdentityReading(model=device.model, serial=device.serial, version=""),),
        next_step="Correct the inventory, or put the right box in place",
    )
    yield Check(
        device=device.name,
        kind="running_intended",
        subject="running configuration",
        expected_text="equal to the intended one",
        next_step=f"Run siteauto plan {intent.site}",
    )
    if platform.backup.startup:  # elsewhere the platform saves by itself and has no second copy to compare with
        yield Check(
            device=device.name,
            kind="running_saved",
            subject="startup configuration",
            expected_text="equal to the running one",
            next_step=_how_to_save(device, platform),
        )
