"""Cisco IOS and IOS-XE: Catalyst switches and Catalyst 9800 wireless controllers."""

from siteauto.core.config.rules import ConfigRules
from siteauto.core.models import PlatformName, Role
from siteauto.core.platform_spec import (
    BackupRules,
    Hardware,
    Identity,
    OtherNames,
    PlatformSpec,
    Probe,
    PushMethod,
)

# ── hardware ─────────────────────────────────────────────────────────────────────────────────────────────────────────

HARDWARE: tuple[Hardware, ...] = ()

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="show version",
    model=r"^Model Number\s*:\s*(?P<model>\S+)",
    serial=r"^System Serial Number\s*:\s*(?P<serial>\S+)",
    version=r"Version (?P<version>[\w.()]+)",
)

BACKUP = BackupRules(
    running="show running-config",
    startup="show startup-config",
    end=r"^end\s*$",
    required=(r"^version ", r"^hostname "),
    errors=(r"^% ",),
)

# ── configuration: how it is read, compared and changed ─────────────────────────────────────────────────────────────

CONFIG = ConfigRules(syntax="indented")

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

PUSH: tuple[PushMethod, ...] = ()

FAILURES: tuple[str, ...] = ()

# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CHECKS: dict[str, Probe] = {}

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("cisco_ios"),
    title="Cisco IOS-XE",
    names=OtherNames(netmiko="cisco_ios", napalm="ios", ntc_templates="cisco_ios", ansible_network_os="cisco.ios.ios"),
    transport="napalm",
    roles=(Role.CORE, Role.ACCESS, Role.WLC),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    push=PUSH,
    failures=FAILURES,
    checks=CHECKS,
)
