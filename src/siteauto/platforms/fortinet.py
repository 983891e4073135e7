"""Fortinet FortiOS: FortiGate firewalls."""

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

HARDWARE: tuple[Hardware, ...] = (
    Hardware(
        model="FGT-60F",
        roles=(Role.FIREWALL,),
        ports=("wan1", "wan2", "dmz", *(f"internal{n}" for n in range(1, 6)), "a", "b"),
        uplinks=("internal1",),
        serial_pattern=r"FGT60F[0-9A-Z]{10}",
    ),
)

# ── identity and backup ──────────────────────────────────────────────────────────────────────────────────────────────

IDENTITY = Identity(
    command="get system status",
    model=r"^Version: (?P<model>FortiGate-\S+)",
    serial=r"^Serial-Number: (?P<serial>\S+)",
    version=r"^Version: \S+ v(?P<version>[\d.]+)",
)

BACKUP = BackupRules(
    running="show", startup="", end=r"^end\s*$", required=(r"^#config-version=",), errors=(r"^Command fail",)
)

# ── configuration: how it is read, compared and changed ─────────────────────────────────────────────────────────────

CONFIG = ConfigRules(syntax="fortios")

# ── push ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

PUSH: tuple[PushMethod, ...] = ()

FAILURES: tuple[str, ...] = ()

# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CHECKS: dict[str, Probe] = {}

# ── the platform ─────────────────────────────────────────────────────────────────────────────────────────────────────

PLATFORM = PlatformSpec(
    name=PlatformName("fortinet"),
    title="FortiOS",
    names=OtherNames(netmiko="fortinet", ntc_templates="fortinet", ansible_network_os="fortinet.fortios.fortios"),
    transport="netmiko",
    roles=(Role.FIREWALL,),
    hardware=HARDWARE,
    config=CONFIG,
    identity=IDENTITY,
    backup=BACKUP,
    push=PUSH,
    failures=FAILURES,
    checks=CHECKS,
)
