"""Make the plan of a site: compare what each device holds with what it shall hold, and say how it would be changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from siteauto.core.change.address_move import AddressMove, Mover, names_address, unsound_moves
from siteauto.core.change.candidate import canonical, planned
from siteauto.core.change.plan import DevicePlan, Plan
from siteauto.core.config import SecretBook
from siteauto.core.intent import DeviceIntent, RenderedConfig
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.platform_spec import PlatformSpec, PushMethod, Timer

NO_TIMER = Timer(kind="none")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFacts:
    """What a device shall be, what it is and how it can be changed: `running` is exact, with its hidden lines."""

    intent: DeviceIntent
    platform: PlatformSpec
    rendered: RenderedConfig
    running: str
    method: PushMethod | None  # the one that suits this box
    why_not: str = ""  # it has none
    host: str = ""  # at which it was found …
    planned_host: str = ""  # … and at which it is to be reached

    @property
    def move(self) -> AddressMove | None:
        """Of its management address."""
        moves = self.host != self.planned_host
        return AddressMove(found=self.host, planned=self.planned_host) if moves else None


def make_plan(site: SiteName, devices: Sequence[DeviceFacts], book: SecretBook) -> Plan:
    """The plan of a site, in the order of its devices. `book` knows the secrets that the plan must not show."""
    plans = [plan_device(one, book) for one in devices]
    alone = [one.device for one in plans if one.changes and one.timer.kind == "none"]
    if len(alone) > 1:
        plans = [replace(one, notes=(*one.notes, _together(alone))) if one.device in alone else one for one in plans]
    movers = {one.device: _mover(one, facts) for one, facts in zip(plans, devices, strict=True)}
    unsound = unsound_moves(movers)
    plans = [replace(one, unsupported=one.unsupported or unsound.get(one.device, "")) for one in plans]
    return Plan(site=site, devices=tuple(plans), tokens=book.key_name)


def _mover(one: DevicePlan, facts: DeviceFacts) -> Mover:
    return Mover(
        device=one.device,
        host=facts.host,
        path=one.path,
        move=one.move,
        changes=one.changes,
        timed=one.timer.kind != "none",
        at_once=facts.method is not None and facts.method.at_once,
        holds_planned=names_address(one.candidate, facts.intent.device.address.ip),
    )


def plan_device(facts: DeviceFacts, book: SecretBook) -> DevicePlan:
    """The plan of one device."""
    device, platform = facts.intent.device, facts.platform
    method = facts.method
    diff, remedy = planned(platform, facts.running, facts.rendered.text, book)
    return DevicePlan(
        device=device.name,
        platform=platform.name,
        role=device.role,
        mode=method.mode if method else "none",
        path=facts.intent.management.path,
        timer=method.timer if method else NO_TIMER,
        method=method.name if method else "",
        base=canonical(platform, facts.running, book),
        candidate=facts.rendered.text,
        commands=remedy.commands,
        diff=diff,
        notes=_notes(method, facts.move) if diff else (),
        unmanaged=tuple(line for line in facts.intent.extra_cli.splitlines() if line.strip()),
        unsupported=_why_not(facts, method, remedy.refused) if diff else "",
        move=facts.move if diff else None,
    )


def _together(alone: Sequence[DeviceName]) -> str:
    """What it means that several devices cannot undo a change by themselves."""
    return (
        f"{len(alone)} devices without a timer ({', '.join(alone)}): when siteauto dies between them some are new and "
        "some are old until it is resumed. Needs --accept-nonatomic"
    )


def _notes(method: PushMethod | None, move: AddressMove | None) -> tuple[str, ...]:
    """What a person should know of how this device is changed and undone."""
    if method is None:
        return ()
    timer = method.timer
    if timer.kind == "none":
        return ("no timer on this device: it goes last, its commit decides, and its undo needs us to reach it",)
    notes = [move.note] if move is not None else []
    if timer.kind == "emulated":
        notes.append("its timer is built from other features of the device")
    if timer.revert_effect != "live":
        notes.append(f"undoing it means a {timer.revert_effect} of about {timer.revert_seconds} s")
    if timer.reboot_in_window == "keeps":
        notes.append("a power cut before the confirm would leave the change in place")
    return tuple(notes)


def _why_not(facts: DeviceFacts, method: PushMethod | None, refused: Sequence[str]) -> str:
    if method is None and facts.why_not:
        return f"nothing in platforms/{facts.platform.name}.py suits it: {facts.why_not}"
    if method is None:
        return f"platforms/{facts.platform.name}.py has no push for the role {facts.intent.device.role}"
    if method.mode == "merge" and refused:
        return "its commands would not lead there: " + "; ".join(refused[:3])
    return ""
