"""One box: its configurations, its sessions, its flash. What a login does to it goes through here."""

import difflib
import re
from datetime import datetime

from siteauto.core.config import ConfigTree, parse, to_text
from siteauto.core.errors import UsageError
from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.arista_eos.device_state import read_state
from siteauto.lab.devices.arista_eos.factory import factory_text, permanent_text
from siteauto.lab.devices.arista_eos.sessions import Sessions
from siteauto.lab.devices.arista_eos.typist import Typist
from siteauto.lab.devices.arista_eos.view import View
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState

VIRTUAL = ("Vlan", "Loopback", "Port-Channel", "Vxlan")


class Box:
    """An Arista switch without a terminal."""

    def __init__(self, spec: DeviceSpec) -> None:
        hardware = spec.platform.hardware_of(spec.model)
        if hardware is None:
            raise UsageError(f"{spec.name}: the lab has no {spec.model}", expected="a model of the platform file")
        self.spec = spec
        self.hardware: Hardware = hardware
        self.startup = ""
        self.startup_saved: datetime | None = None
        self.startup_user = ""
        self.files: dict[str, str] = {}
        # RFC 3411: Arista's number, and octets of the system's own address.
        self.engine = "f5717f" + spec.base_mac.replace(":", "") + "00"
        self.running = self.clean_tree()
        self.sessions = Sessions(self, spec.world)
        self._state: tuple[ConfigTree, DeviceState] | None = None
        self.boot(reason="Reload requested by the user.")

    # ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────

    def clean_tree(self) -> ConfigTree:
        """`rollback clean-config`."""
        return parse(self.spec.platform.config, factory_text(self.hardware))

    def typist(self) -> Typist:
        """A configuration session on the running configuration."""
        return Typist(self.running, has_port=self.has_port, engine=self.engine)

    def change(self, tree: ConfigTree, user: str) -> None:  # noqa: ARG002 - who it was stands in no configuration
        """Make this the running configuration."""
        self.running = tree

    def save(self, user: str) -> None:
        """Running to startup."""
        self.startup = self.text()
        self.startup_saved, self.startup_user = self.spec.world.now(), user

    def text(self) -> str:
        """The running configuration without its comment lines on top."""
        return to_text(self.running)

    def load(self, text: str) -> ConfigTree:
        """A configuration as from a file, with what the hardware adds."""
        return parse(self.spec.platform.config, permanent_text(self.hardware) + text)

    def has_port(self, name: str) -> bool:
        """Whether the interface exists or can be made."""
        return name in self.hardware.ports or name == "Management1" or name.startswith(VIRTUAL)

    # ── power ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def boot(self, *, reason: str) -> None:
        """Start from what was saved, or as from the factory."""
        self.running = self.load(self.startup) if self.startup else self.clean_tree()
        self.booted = self.spec.world.now()
        self.reload_reason = reason

    def lose_power(self) -> None:
        """Sessions, timer and everything that was not saved are gone."""
        self.sessions.lose()

    # ── what others see ──────────────────────────────────────────────────────────────────────────────────────────────

    def state(self) -> DeviceState:
        """As the world meets it; computed once for each configuration."""
        if self._state is None or self._state[0] is not self.running:
            self._state = (self.running, read_state(self.spec, self.hardware, self.running))
        return self._state[1]

    def view(self) -> View:
        """As an answer to a show command meets it."""
        return View(
            name=self.spec.name,
            hardware=self.hardware,
            reported=self.hardware.reported or self.spec.model,
            serial=self.spec.serial,
            base_mac=self.spec.base_mac,
            running=self.running,
            running_text=self.text(),
            startup_text=self.startup,
            startup_saved=self.startup_saved,
            startup_user=self.startup_user,
            state=self.state(),
            world=self.spec.world,
            now=self.spec.world.now(),
            booted=self.booted,
            reload_reason=self.reload_reason,
            sessions=self.sessions.all(),
            timer=self.sessions.timer,
        )


def unified(before: str, after: str, *, names: tuple[str, str]) -> str:
    """The difference in the form that the box prints; empty: there is none."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="")
    return "".join(f"{line.rstrip()}\n" for line in found)


def account(tree: ConfigTree, user: str) -> tuple[int, str, str] | None:
    """Privilege, kind of hash and hash of a local user."""
    for node in tree.children.values():
        found = re.match(
            rf"username {re.escape(user)} (?:privilege (\d+) )?(?:role \S+ )?secret (\S+) (\S+)$", node.line
        )
        if found:
            return int(found[1] or 1), found[2], found[3]
    return None
