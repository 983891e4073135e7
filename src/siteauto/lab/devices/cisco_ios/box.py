"""One box: its configurations, its flash, its timer and its people. What a login does to it goes through here."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from siteauto.core.config import ConfigTree, parse, to_text
from siteauto.core.errors import UsageError
from siteauto.core.models import Role
from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.cisco_ios import modes
from siteauto.lab.devices.cisco_ios.device_state import hostname, read_state
from siteauto.lab.devices.cisco_ios.factory import SOFTWARE_VERSION, factory_text, permanent_text
from siteauto.lab.devices.cisco_ios.printing import local_time, stamp
from siteauto.lab.devices.cisco_ios.typist import Typist
from siteauto.lab.devices.cisco_ios.view import SnmpUser, View
from siteauto.lab.flash import Flash
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState
from siteauto.lab.world_view import TimerHandle

SWITCH_SOFTWARE = (
    "Cisco IOS Software [Dublin], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.12.4, RELEASE SOFTWARE (fc4)"
)
CONTROLLER_SOFTWARE = (
    "Cisco IOS Software [Dublin], C9800 Software (C9800_IOSXE-K9), Version 17.12.4, RELEASE SOFTWARE (fc4)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Who did something, and when."""

    at: datetime
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A change that the box will undo by itself. There is one at a time."""

    user: str
    minutes: int
    since: datetime
    before: ConfigTree
    handle: TimerHandle


@dataclass(slots=True)
class Memory:
    """What survives a loss of power: startup configuration, its SNMP users, archive names."""

    startup: str | None = None
    snmp_users: dict[str, SnmpUser] = field(default_factory=dict)
    saved: Mark | None = None
    archives: list[str] = field(default_factory=list)


class Box:
    """A Catalyst switch or a 9800 controller, without a terminal."""

    def __init__(self, spec: DeviceSpec) -> None:
        hardware = spec.platform.hardware_of(spec.model)
        if hardware is None:
            raise UsageError(f"{spec.name}: the lab has no {spec.model}", expected="a model of the platform file")
        self.spec = spec
        self.hardware: Hardware = hardware
        self.controller = Role.WLC in hardware.roles
        self.software = CONTROLLER_SOFTWARE if self.controller else SWITCH_SOFTWARE
        self.flash = Flash(device="bootflash:" if self.controller else "flash:")
        self.memory = Memory()
        self.modes = modes.config_modes(modes.CONTROLLER if self.controller else modes.SWITCH)
        self.pending: Pending | None = None
        self.running = self.bare_tree()
        self.changed: Mark | None = None
        self.snmp_users: dict[str, SnmpUser] = {}
        self._state: tuple[ConfigTree, DeviceState] | None = None
        self.boot(reason="Power On")

    # ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def hostname(self) -> str:
        """As configured."""
        return hostname(self.running)

    def act(self, words: tuple[str, ...]) -> None:
        """Do what a configuration line does besides standing in the configuration: SNMP users."""
        negated = words[0] == "no"
        bare = words[1:] if negated else words
        if bare[:2] == ("snmp-server", "user"):
            self.snmp_users.pop(bare[2], None)
            if not negated:
                self.snmp_users[bare[2]] = snmp_user(bare)

    def users(self) -> frozenset[str]:
        """The local users."""
        return users(self.running)

    def typist(self, tree: ConfigTree | None = None) -> Typist:
        """A configuration session on the running configuration, or on another tree."""
        return Typist(self.running if tree is None else tree, self.modes, has_port=self.has_port)

    def bare_tree(self) -> ConfigTree:
        """What is left when every line is removed."""
        return parse(self.spec.platform.config, permanent_text(self.hardware, controller=self.controller))

    def change(self, tree: ConfigTree, user: str) -> None:
        """Make this the running configuration."""
        if tree == self.running:
            return
        self.running = tree
        self.changed = Mark(at=self.spec.world.now(), user=user)
        self.flash.served = tree.find("ip scp server enable") is not None

    def save(self, user: str) -> None:
        """Running to startup."""
        self.memory.saved = Mark(at=self.spec.world.now(), user=user)
        self.memory.startup = self.printed()
        self.memory.snmp_users = dict(self.snmp_users)

    def text(self) -> str:
        """The running configuration from `version` to `end`."""
        return to_text(self.running)

    def printed(self) -> str:
        """The running configuration with the comment lines on top that the box writes."""
        view = self.view()
        lines = ["!"]
        if self.changed is not None:
            lines.append(f"! Last configuration change at {stamp(view, self.changed.at)} by {self.changed.user}")
        if self.memory.saved is not None:
            saved = self.memory.saved
            lines.append(f"! NVRAM config last updated at {stamp(view, saved.at)} by {saved.user}")
        return "\n".join((*lines, "!", view.running_text))

    def has_port(self, name: str) -> bool:
        """Whether the interface exists or can be made."""
        virtual = ("Vlan", "Loopback", "Port-channel", "Tunnel", "WMI")
        service = "GigabitEthernet0" if self.controller else "GigabitEthernet0/0"
        return name in self.hardware.ports or name == service or name.startswith(virtual)

    # ── the timed undo ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def archive_path(self) -> str | None:
        """Where the archive keeps configurations; None: the archive is off, and with it every timer."""
        section = self.running.find("archive")
        paths = (
            [node.line[5:] for node in section.children.values() if node.line.startswith("path ")] if section else []
        )
        return paths[0] if paths else None

    def archive_name(self) -> str:
        """The name of the next file in the archive: the path with the time and a number behind it."""
        view = self.view()
        now = local_time(view, view.now)
        when = f"{now:%b}-{now.day:02d}-{now:%H-%M-%S}.{now.microsecond // 1000:03d}-{now.tzname()}"
        path = (self.archive_path or "").replace("$h", self.hostname).replace("$t", when)
        return f"{path}-{when}-{len(self.memory.archives)}"

    def archive_running(self) -> str:
        """Put a copy of the running configuration into the archive and return its name."""
        name = self.archive_name()
        self.memory.archives.append(name)
        self.flash.write(self.flash.name_of(name), self.printed().encode())
        return name

    def arm(self, user: str, minutes: int, *, before: ConfigTree) -> None:
        """Undo to `before` after so many minutes unless somebody confirms."""
        since = self.spec.world.now()
        handle = self.spec.world.call_at(since + timedelta(minutes=minutes), self.revert)
        self.pending = Pending(user=user, minutes=minutes, since=since, before=before, handle=handle)

    def confirm(self) -> bool:
        """Stop the timer; False: none runs."""
        if self.pending is None:
            return False
        self.pending.handle.cancel()
        self.pending = None
        return True

    def revert(self) -> None:
        """Go back to the configuration before the timed change. The startup configuration stays as it is."""
        pending = self.pending
        if pending is not None:
            pending.handle.cancel()
            self.pending = None
            self.change(pending.before, pending.user)

    # ── power ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def boot(self, *, reason: str) -> None:
        """Start from what was saved, or as from the factory."""
        text = self.memory.startup or factory_text(self.hardware, controller=self.controller)
        self.running = parse(
            self.spec.platform.config, permanent_text(self.hardware, controller=self.controller) + text
        )
        self.flash.served = self.running.find("ip scp server enable") is not None
        self.snmp_users = dict(self.memory.snmp_users)
        self.changed = None
        self.booted = self.spec.world.now()
        self.reload_reason = reason

    def lose_power(self) -> None:
        """Everything that was not saved is gone, the timer too."""
        self.confirm()

    # ── what others see ──────────────────────────────────────────────────────────────────────────────────────────────

    def state(self) -> DeviceState:
        """As the world meets it; computed once for each configuration."""
        if self._state is None or self._state[0] is not self.running:
            state = read_state(
                self.spec, self.hardware, self.running, controller=self.controller, software=self.software
            )
            self._state = (self.running, state)
        return self._state[1]

    def view(self) -> View:
        """As an answer to a show command meets it."""
        return View(
            name=self.spec.name,
            hardware=self.hardware,
            model=self.spec.model,
            serial=self.spec.serial,
            base_mac=self.spec.base_mac,
            version=SOFTWARE_VERSION,
            running=self.running,
            running_text=self.text(),
            startup_text=self.memory.startup,
            state=self.state(),
            world=self.spec.world,
            now=self.spec.world.now(),
            booted=self.booted,
            reload_reason=self.reload_reason,
            flash=self.flash,
            snmp_users=tuple(self.snmp_users.values()),
        )


def users(tree: ConfigTree) -> frozenset[str]:
    """The local users of a configuration."""
    return frozenset(node.line.split()[1] for node in tree.children.values() if node.line.startswith("username "))


def snmp_user(words: tuple[str, ...]) -> SnmpUser:
    """The user that `snmp-server user NAME GROUP v3 auth sha KEY priv aes 128 KEY` makes."""
    authentication = privacy = ""
    if "auth" in words:
        at = words.index("auth") + 1
        authentication = f"SHA2-{words[at + 1]}" if words[at] == "sha-2" else words[at].upper()
    if "priv" in words:
        at = words.index("priv") + 1
        privacy = f"AES{words[at + 1]}" if words[at] == "aes" else words[at].upper()
    return SnmpUser(name=words[2], group=words[3], authentication=authentication, privacy=privacy)
