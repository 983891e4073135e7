"""An operating system of few words, for tests of what does not depend on one. Its device is `FakeDevice`."""

from dataclasses import replace

from siteauto.core.config import ConfigRules
from siteauto.core.config.rules import Secret, Section, Slot
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import (
    BackupRules,
    Hardware,
    Identity,
    Lines,
    OtherNames,
    PlatformSpec,
    PushMethod,
    Step,
    Timer,
)

NATIVE = Timer(kind="native", unit=1, minimum=30, maximum=3600)
NONE = Timer(kind="none", unit=1)

REPLACED = PushMethod(
    roles=(Role.CORE, Role.ACCESS),
    mode="replace",
    staged_by="driver",
    timer=NATIVE,
    preflight=(Step(send="show timer", expect=r"^no timer"),),
    prepare=(Step(send="open", capture=r"^session (?P<session>\S+)", secret=("session",)),),
    arm=(Step(send="replace {file} timer {seconds}"),),
    pending=Step(send="show timer"),
    pending_pattern=r"^timer runs",
    confirm=(Step(send="confirm {session}"),),
    save=(Step(send="save", expect=r"^saved"),),
    revert=(Step(send="revert"),),
    cleanup=(Step(send="delete {file}"),),
)
MERGED = replace(
    REPLACED, roles=(Role.WLC,), mode="merge", arm=(Step(send="timer {seconds}"), Step(send="merge {file}"))
)
TYPED = replace(
    REPLACED, roles=(Role.FIREWALL,), mode="merge", staged_by="none", arm=(Step(send="timer {seconds}"), Lines())
)


def _unseen(method: PushMethod) -> PushMethod:
    """What it did not boot from is taken for a change whose timer runs, until it is saved."""
    confirm = (*method.confirm, *method.save)
    return replace(
        method, pending=Step(send="show unsaved"), pending_pattern=r"^unsaved", sees_timer=False, confirm=confirm
    )


def fake_platform(*, timer: Timer = NATIVE, sees_timer: bool = True) -> PlatformSpec:
    """Switches are replaced, controllers merged from a file, firewalls typed line by line."""
    methods = tuple(replace(method, timer=timer) for method in (REPLACED, MERGED, TYPED))
    if not sees_timer:
        methods = tuple(_unseen(method) for method in methods)
    if timer.kind == "none":
        methods = tuple(replace(method, pending=None, confirm=()) for method in methods)
    return PlatformSpec(
        name=PlatformName("fake"),
        title="Fake OS",
        names=OtherNames(netmiko="none"),
        transport="fake",
        roles=(Role.CORE, Role.ACCESS, Role.WLC, Role.FIREWALL),
        hardware=(Hardware(model="F1", roles=(Role.CORE, Role.ACCESS), ports=("p1", "p2"), uplinks=("p1",)),),
        config=ConfigRules(
            syntax="indented",
            comment="!",
            end="end",
            sections=(Section(opens=r"interface \S+$", mode="config-if"),),
            slots=(
                Slot(pattern="hostname"),
                Slot(pattern=r"user \S+"),
                Slot(pattern="speed", within="config-if"),
            ),
            secrets=(Secret(pattern=r"user \S+ secret (?P<secret>\S+)", layout="{value}"),),
        ),
        identity=Identity(
            command="show version",
            model=r"model (?P<model>\S+)",
            serial=r"serial (?P<serial>\S+)",
            version=r"(?P<version>1)",
        ),
        backup=BackupRules(
            running="show running", startup="show startup", end=r"^end$", required=(r"^hostname ",), errors=(r"^error",)
        ),
        push=methods,
        failures=(r"^error",),
        read_only=(r"show \S+",),
    )
