"""The box itself: what is on its flash, what it runs, what is staged in RAM, and what a power cut leaves."""

import hashlib
import hmac
import os
from collections import deque
from datetime import timedelta

from siteauto.core.config import ConfigTree, apply, parse
from siteauto.lab.devices.openwrt.factory import BOARDS, RELEASE, Board, factory_configuration
from siteauto.lab.devices.openwrt.network import Network
from siteauto.lab.devices.openwrt.rpcd import Pending, Rpcd
from siteauto.lab.devices.openwrt.sections import Section, sections
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState

SALT = 8
SSH = 22
NOT_TRIGGERED = ("package lldpd", "package chrony")  # their services do not ask procd to reload them


class Box:
    """An OpenWrt box without its shell."""

    def __init__(self, spec: DeviceSpec) -> None:
        self.spec, self.world = spec, spec.world
        self.board: Board = BOARDS[spec.model]
        self.committed = parse(spec.platform.config, factory_configuration(self.board))  # /etc/config
        self.running = self.committed  # what was loaded from it last
        self.deltas: dict[str, list[str]] = {}  # by folder, in RAM
        self.rpcd = Rpcd(self.world, spec.serial, self.deltas, self.put_back)
        self.booted = self.world.now()
        self.log: deque[str] = deque(maxlen=100)
        self._view: tuple[ConfigTree, tuple[str, ...], ConfigTree] = (self.committed, (), self.committed)
        self._is_on = True
        self._password: tuple[bytes, bytes] | None = None  # salt and digest
        self._state: tuple[ConfigTree, bool, DeviceState] | None = None

    # ── what it says of itself ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def network(self) -> Network:
        """The network that its running configuration makes."""
        return Network(tree=self.running, board=self.board)

    @property
    def system(self) -> Section | None:
        """Its system section."""
        return next(iter(sections(self.running, "system", "system")), None)

    @property
    def hostname(self) -> str:
        """Its name."""
        return (self.system.get("hostname") if self.system else "") or "OpenWrt"

    @property
    def label_mac(self) -> str:
        """What stands on its label: the inventory's serial number of such a box."""
        return self.spec.serial

    def macs(self) -> dict[str, str]:
        """The address of each port: the label's, counted on."""
        first = int(self.label_mac.replace(":", ""), 16)
        texts = {port: f"{first + index:012x}" for index, port in enumerate(self.board.ports)}
        return {port: ":".join(text[at : at + 2] for at in range(0, 12, 2)) for port, text in texts.items()}

    def state(self) -> DeviceState:
        """What the others see of it. The same object as long as nothing changes."""
        if self._state is None or self._state[0] is not self.running or self._state[1] != self._is_on:
            self._state = (self.running, self._is_on, self._compute_state())
        return self._state[2]

    def _compute_state(self) -> DeviceState:
        network = self.network
        filters = network.filters
        vlans = frozenset(vlan.id for vlan in network.vlans()) if filters else frozenset({1})
        return DeviceState(
            name=self.spec.name,
            hostname=self.hostname,
            model=self.spec.model,
            serial=self.spec.serial,
            base_mac=self.label_mac,
            system_description=f"OpenWrt {RELEASE} {self.board.title}",
            ports=network.port_states(self.macs(), lldp=True),
            vlans=vlans,
            vlan_interfaces=network.vlan_interfaces(),
            routes=network.routes(),
            capabilities=("bridge", "wlan-ap" if self.board.radios else "router"),
            forwards=True,
            filters=network.firewall.filter_rules(),
            translations=network.firewall.translated(),
            powered=self._is_on,
            logins=tuple(
                address.ip
                for interface, address in network.own_addresses()
                if interface.name != "loopback"
                and self._takes_logins(interface.name)
                and network.firewall.takes(interface.get("device"), "tcp", SSH)
            ),
        )

    def _takes_logins(self, interface: str) -> bool:
        for one in sections(self.running, "dropbear", "dropbear"):
            if one.is_on("enable", default=True) and one.get("Interface") in ("", interface):
                return one.is_on("PasswordAuth") and one.is_on("RootPasswordAuth", default=True)
        return False

    def has_password(self, password: str) -> bool:
        """Whether this is root's password; a new box has none."""
        if self._password is None:
            return False
        salt, digest = self._password
        return hmac.compare_digest(digest, hashlib.sha256(salt + password.encode()).digest())

    def with_staged(self, lines: tuple[str, ...]) -> ConfigTree:
        """What is committed with these lines over it. Each line is applied once, as one after the other is staged."""
        committed, done, tree = self._view
        if committed is not self.committed or lines[: len(done)] != done:
            done, tree = (), self.committed
        self._view = (self.committed, lines, apply(tree, lines[len(done) :]) if lines != done else tree)
        return self._view[2]

    # ── change ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def set_password(self, password: str) -> None:
        """Write /etc/shadow."""
        salt = os.urandom(SALT)
        self._password = (salt, hashlib.sha256(salt + password.encode()).digest())

    def commit_and_reload(self, tree: ConfigTree) -> None:
        """Write /etc/config, and have the services that listen load it."""
        self.committed = tree
        self.reload()

    def reload(self) -> None:
        """Load /etc/config, but for the packages whose services have to be told."""
        kept = {key: node for key, node in self.running.children.items() if key in NOT_TRIGGERED}
        self._run(ConfigTree(rules=self.committed.rules, children={**self.committed.children, **kept}))

    def restart_soon(self, seconds: int) -> None:
        """A job that restarts those services in a while."""
        self.world.call_at(self.world.now() + timedelta(seconds=seconds), self._restart)

    def _restart(self) -> None:
        loaded = {key: node for key, node in self.committed.children.items() if key in NOT_TRIGGERED}
        self._run(ConfigTree(rules=self.running.rules, children={**self.running.children, **loaded}))

    def _run(self, tree: ConfigTree) -> None:
        self.running = tree
        for interface in self.network.interfaces:
            self.log.append(
                f"{self.world.now():%a %b %e %H:%M:%S %Y} daemon.notice netifd: Interface '{interface.name}' is now up"
            )

    def put_back(self, pending: Pending) -> None:
        """Undo an apply: the files of its packages as they were, whatever became of them."""
        children = {**self.committed.children, **pending.before.children}
        self.commit_and_reload(ConfigTree(rules=self.committed.rules, children=children))
        self.rpcd.give_back(pending)

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from /etc/config: what is in RAM is gone, timers and snapshots with it."""
        if not on:
            self._is_on = False
            self.rpcd.restart()
            self.deltas.clear()
            self.log.clear()
        elif not self._is_on:
            self._is_on = True
            self.booted = self.world.now()
            self._run(self.committed)
