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

CISCO_SERIAL = r"[A-Z]{3}\d{4}[0-9A-Z]{4}"  # site, year and week, number

HARDWARE: tuple[Hardware, ...] = (
    Hardware(
        model="C9300-24P",
        roles=(Role.CORE, Role.ACCESS),
        ports=(
            *(f"GigabitEthernet1/0/{n}" for n in range(1, 25)),
            *(f"TenGigabitEthernet1/1/{n}" for n in range(1, 9)),
        ),
        uplinks=tuple(f"TenGigabitEthernet1/1/{n}" for n in range(1, 9)),
        poe=tuple(f"GigabitEthernet1/0/{n}" for n in range(1, 25)),
        serial_pattern=CISCO_SERIAL,
    ),
    Hardware(
        model="C9200L-48P-4X",
        roles=(Role.CORE, Role.ACCESS),
        ports=(
            *(f"GigabitEthernet1/0/{n}" for n in range(1, 49)),
            *(f"TenGigabitEthernet1/1/{n}" for n in range(1, 5)),
        ),
        uplinks=tuple(f"TenGigabitEthernet1/1/{n}" for n in range(1, 5)),
        poe=tuple(f"GigabitEthernet1/0/{n}" for n in range(1, 49)),
        serial_pattern=CISCO_SERIAL,
    ),
    Hardware(
        model="C9800-L-F-K9",
        roles=(Role.WLC,),
        ports=(
            *(f"TwoGigabitEthernet0/0/{n}" for n in range(4)),
            *(f"TenGigabitEthernet0/1/{n}" for n in range(2)),
        ),
        uplinks=tuple(f"TenGigabitEthernet0/1/{n}" for n in range(2)),
        serial_pattern=CISCO_SERIAL,
    ),
    # Nobody logs in to an access point: its controller does. It stands here for its port and its serial.
    Hardware(
        model="CW9166I",
        roles=(Role.AP,),
        ports=("GigabitEthernet0",),
        uplinks=("GigabitEthernet0",),
        serial_pattern=CISCO_SERIAL,
    ),
)

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
