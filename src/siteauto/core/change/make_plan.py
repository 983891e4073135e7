"""Make the plan of a site: compare what each device holds with what it shall hold, and say how it would be changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from siteauto.core.change.candidate import canonical
from siteauto.core.change.plan import DevicePlan, Plan
from siteauto.core.config import SecretBook, diff, diff_text, normalise, remediate
from siteauto.core.intent import DeviceIntent, RenderedConfig
from siteauto.core.models import SiteName
from siteauto.core.platform_spec import PlatformSpec, PushMethod, Timer

NO_TIMER = Timer(kind="none")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFacts:
    """What a device shall be and what it is: `running` is exact, with the lines that the device never shows."""

    intent: DeviceIntent
    platform: PlatformSpec
    rendered: RenderedConfig
    running: str


def make_plan(site: SiteName, devices: Sequence[DeviceFacts], book: SecretBook) -> Plan:
    """The plan of a site, in the order of its devices. `book` knows the secrets that the plan must not show."""
    return Plan(site=site, devices=tuple(plan_device(one, book) for one in devices))


def plan_device(facts: DeviceFacts, book: SecretBook) -> DevicePlan:
    """The plan of one device."""
    device, platform = facts.intent.device, facts.platform
    method = platform.push_method(device.role)
    running = normalise(platform.config, facts.running, secrets=book)
    intended = normalise(platform.config, facts.rendered.text, secrets=book)
    remedy = remediate(running, intended)
    text = diff_text(diff(running, intended))
    return DevicePlan(
        device=device.name,
        platform=platform.name,
        role=device.role,
        mode=method.mode if method else "none",
        path=facts.intent.management.path,
        timer=method.timer if method else NO_TIMER,
        base=canonical(platform, facts.running, book),
        candidate=facts.rendered.text,
        commands=remedy.commands,
        diff=tuple(text.splitlines()),
        notes=_notes(method) if text else (),
        unmanaged=tuple(line for line in facts.intent.extra_cli.splitlines() if line.strip()),
        unsupported=_why_not(facts, method, remedy.refused) if text else "",
    )


def _notes(method: PushMethod | None) -> tuple[str, ...]:
    """What a person should know of how this device is changed and undone."""
    if method is None:
        return ()
    timer = method.timer
    if timer.kind == "none":
        return ("no timer on this device: it goes last, and its undo needs us to reach it",)
    notes = []
    if timer.kind == "emulated":
        notes.append("its timer is built from other features of the device")
    if timer.revert_effect != "live":
        notes.append(f"undoing it means a {timer.revert_effect} of about {timer.revert_seconds} s")
    if timer.reboot_in_window == "keeps":
        notes.append("a power cut before the confirm would leave the change in place")
    return tuple(notes)


def _why_not(facts: DeviceFacts, method: PushMethod | None, refused: Sequence[str]) -> str:
    if method is None:
        return f"platforms/{facts.platform.name}.py has no push for the role {facts.intent.device.role}"
    if method.mode == "merge" and refused:
        return "its commands would not lead there: " + "; ".join(refused[:3])
    return ""
