"""One box: what it runs, its files, the timer of `configure replace`, and what survives a loss of power."""

import difflib
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from siteauto.core.config import ConfigTree, parse, to_text
from siteauto.core.errors import UsageError
from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.cisco_nxos.device_state import read_state
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState
from siteauto.lab.world_view import TimerHandle

SOFTWARE = "10.3(4a)"
FACTORY = """\
version {software}
hostname switch
vlan 1
{ports}interface mgmt0
  vrf member management
line console
line vty
"""
STAMP = "%a %b %d %H:%M:%S %Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncommitted:
    """A replace that waits for its commit, and what comes back without one."""

    before: ConfigTree
    event: TimerHandle


class Box:
    """A Nexus without a terminal."""

    def __init__(self, spec: DeviceSpec) -> None:
        hardware = spec.platform.hardware_of(spec.model)
        if hardware is None:
            raise UsageError(f"{spec.name}: the lab has no {spec.model}", expected="a model of the platform file")
        self.spec = spec
        self.hardware: Hardware = hardware
        self.files: dict[str, str] = {}
        self.startup: str | None = None
        self.uncommitted: Uncommitted | None = None
        self.changed: datetime = spec.world.now()
        self._state: tuple[ConfigTree, DeviceState] | None = None
        self.running = self.tree_of("")
        self.boot()

    @property
    def hostname(self) -> str:
        """As configured."""
        lines = (node.line for node in self.running.children.values())
        return next((line.split()[1] for line in lines if line.startswith("hostname ")), "switch")

    @property
    def text(self) -> str:
        """The running configuration without the lines on top."""
        return "\n".join(line for line in to_text(self.running).splitlines() if line != "!") + "\n"

    def printed(self, which: str, text: str) -> str:
        """A configuration as it is shown."""
        now = self.spec.world.now()
        return (
            f"\n!Command: show {which}\n!Running configuration last done at: {self.changed:{STAMP}}\n"
            f"!Time: {now:{STAMP}}\n\n{text}"
        )

    def tree_of(self, text: str) -> ConfigTree:
        """What the box holds after this text."""
        names = (*self.hardware.ports, "mgmt0")
        hardware = "".join(f"interface {name}\n" for name in names)
        return parse(self.spec.platform.config, f"vlan 1\n{hardware}line console\nline vty\n{text}")

    def change(self, tree: ConfigTree) -> None:
        """Make this the running configuration."""
        if tree != self.running:
            self.running, self.changed = tree, self.spec.world.now()

    def differences(self) -> str:
        """`show running-config diff`."""
        old, new = (self.startup or "").splitlines(), self.text.splitlines()
        lines = difflib.context_diff(old, new, "Startup-config", "Running-config", lineterm="", n=2)
        return "".join(f"{line}\n" for line in lines)

    # ── replace and its timer ────────────────────────────────────────────────────────────────────────────────────────

    def replace(self, text: str, seconds: int | None) -> None:
        """Run this configuration; with a time, go back unless it is committed."""
        before = self.running
        self.change(self.tree_of(text))
        if seconds is not None:
            due = self.spec.world.now() + timedelta(seconds=seconds)
            event = self.spec.world.call_at(due, self._roll_back)
            self.uncommitted = Uncommitted(before=before, event=event)

    def commit(self) -> bool:
        """Stop the timer; False: none runs."""
        if self.uncommitted is None:
            return False
        self.uncommitted.event.cancel()
        self.uncommitted = None
        return True

    def _roll_back(self) -> None:
        if self.uncommitted is not None:
            before, self.uncommitted = self.uncommitted.before, None
            self.change(before)

    # ── secrets ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def stored(self, line: str) -> str:
        """The line as it is kept: passwords hashed, keys hidden."""
        line = re.sub(
            r"(username \S+ password) (?:0 )?(?!5 )(\S+)", lambda one: f"{one[1]} 5 {self._hash(one[2])}", line
        )
        line = re.sub(r"(-server host \S+ key) (?:0 )?(?!7 )(\S+)", lambda one: f'{one[1]} 7 "{_hidden(one[2])}"', line)
        line = re.sub(r"(md5) (\S+)$", lambda one: f"{one[1]} {_hidden(one[2])} 7", line)
        user = re.fullmatch(r"(snmp-server user \S+ \S+ auth \S+) (\S+) priv aes-128 (\S+)", line)
        return f"{user[1]} 0x{_hidden(user[2])} priv aes-128 0x{_hidden(user[3])} localizedkey" if user else line

    def lets_in(self, user: str, password: str) -> bool:
        """Whether a local user has this password."""
        pattern = rf"username {re.escape(user)} password 5 (\S+) .*"
        found = [re.fullmatch(pattern, node.line) for node in self.running.children.values()]
        stored = next((one[1] for one in found if one), "$$")
        return hmac.compare_digest(self._hash(password, stored.split("$")[2]), stored)

    @staticmethod
    def _hash(password: str, salt: str = "") -> str:
        salt = salt or secrets.token_hex(4)
        return f"$5${salt}${hashlib.sha256(f'{salt}{password}'.encode()).hexdigest()[:43]}"

    # ── power and what others see ────────────────────────────────────────────────────────────────────────────────────

    def boot(self) -> None:
        """Start from what was saved, or as from the factory."""
        ports = "".join(f"interface {name}\n" for name in self.hardware.ports)
        self.running = self.tree_of(self.startup or FACTORY.format(software=SOFTWARE, ports=ports))
        self.booted = self.spec.world.now()

    def state(self) -> DeviceState:
        """As the world meets it; computed once for each configuration."""
        if self._state is None or self._state[0] is not self.running:
            self._state = (self.running, read_state(self.spec, self.hardware, self.running, software=SOFTWARE))
        return self._state[1]


def _hidden(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:16]
