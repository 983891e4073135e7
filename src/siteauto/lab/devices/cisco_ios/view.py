"""What an answer to a `show` command may look at: the box as it is this moment.

`answers.answer(command, view)` gets the command with every word spelled out in full (the shell expands abbreviations
and takes pipes away) and returns what the device prints, or None where it knows no such command. What a model knows
says `answers.commands_of(hardware)`, one line each in the notation of `grammar.py`: `show interfaces <interface>
switchport`, `show vlan id <1-4094>`, `ping <line>`. The shell finds abbreviations and the caret's column with it.
"""

from dataclasses import dataclass
from datetime import datetime

from siteauto.core.config import ConfigTree
from siteauto.core.platform_spec import Hardware
from siteauto.lab.flash import Flash
from siteauto.lab.state import DeviceState
from siteauto.lab.world_view import WorldView


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpUser:
    """An SNMPv3 user: the box keeps it, `show running-config` does not show it."""

    name: str
    group: str
    authentication: str = ""  # MD5, SHA, SHA2-256
    privacy: str = ""  # DES, 3DES, AES128


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The box, its configuration and the world around it. `name` is its name in the inventory, not its hostname."""

    name: str
    hardware: Hardware
    model: str
    serial: str
    base_mac: str  # xx:xx:xx:xx:xx:xx
    version: str  # 17.12.04
    running: ConfigTree
    running_text: str  # as `show running-config` prints it from `version` to `end`
    startup_text: str | None  # None: nothing was ever saved
    state: DeviceState
    world: WorldView
    now: datetime
    booted: datetime
    reload_reason: str
    flash: Flash
    snmp_users: tuple[SnmpUser, ...] = ()
