"""One box: its database, its time, and what the world sees of it."""

from datetime import UTC, datetime
from itertools import count
from zoneinfo import ZoneInfo

from siteauto.core.config import ConfigTree
from siteauto.core.config.sha_crypt import is_sha_crypt
from siteauto.core.errors import UsageError
from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.juniper_junos.database import Database, Holder
from siteauto.lab.devices.juniper_junos.device_state import read_state
from siteauto.lab.devices.juniper_junos.factory import factory_text, is_firewall, software
from siteauto.lab.devices.juniper_junos.loading import load_text
from siteauto.lab.devices.juniper_junos.reading import entries, plain, under, value
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState


class Box:
    """An EX switch or an SRX, without its terminal. It has booted from its day-0 text, loaded at the console."""

    def __init__(self, spec: DeviceSpec) -> None:
        hardware = spec.platform.hardware_of(spec.model)
        if hardware is None:
            raise UsageError(f"{spec.name}: the lab has no {spec.model}", expected="a model of the platform file")
        self.spec = spec
        self.hardware: Hardware = hardware
        self.world = spec.world
        self.rules = spec.platform.config
        self.software = software(hardware)
        self._optics: set[str] = set()
        self.database = Database(self.rules, spec.world, factory_text(hardware), seed=spec.serial)
        self.booted = spec.world.now()
        self._processes = count(14001)
        self._state: tuple[ConfigTree, DeviceState] | None = None
        self._load_day_0(spec.boot_text)

    def _load_day_0(self, text: str) -> None:
        console = self.new_login("root", terminal="u0")
        loaded = load_text(self.rules, self.database.candidate, text, action="override")
        if loaded.complaints:
            raise UsageError(
                f"{self.spec.name}: the box refuses lines of its day-0 text",
                expected="statements that Junos knows",
                found="; ".join(f"{one.edit_path} {one.word}" for one in loaded.complaints),
            )
        self.database.take(loaded, console)
        self.database.commit(console, through="cli")

    @property
    def is_firewall(self) -> bool:
        """Whether it is an SRX."""
        return is_firewall(self.hardware)

    @property
    def running(self) -> ConfigTree:
        """What it runs."""
        return self.database.committed

    @property
    def now(self) -> datetime:
        """In its own time zone."""
        return self.world.now().astimezone(self.zone)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that it is set to."""
        return ZoneInfo(value(under(self.running, "system"), "time-zone") or "UTC")

    def local(self, moment: datetime) -> datetime:
        """A moment in the box's own time zone."""
        return moment.astimezone(self.zone)

    def new_login(self, user: str, *, terminal: str = "p0") -> Holder:
        """Somebody who may work on the candidate."""
        return Holder(user=user, process=next(self._processes), terminal=terminal)

    def lets_in(self, user: str, password: str) -> bool:
        """Against the box's own accounts: no TACACS+ server answers in a lab, so that Junos asks them."""
        accounts = dict(entries(under(self.running, "system", "login"), "user"))
        if user not in accounts:
            return False
        stored = plain(value(under(accounts[user], "authentication"), "encrypted-password"))
        return bool(stored) and is_sha_crypt(stored, password)

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from what was committed."""
        if on:
            self.booted = self.world.now()
        else:
            self.database.lose_power()

    def has_optics(self, port: str, *, link: bool) -> bool:
        """Whether a transceiver is in this port: one that has once had link."""
        if link:
            self._optics.add(port)
        return port in self._optics

    def state(self) -> DeviceState:
        """As the world meets it; computed once for each commit."""
        if self._state is None or self._state[0] is not self.running:
            self._state = (self.running, read_state(self.spec, self.hardware, self.running, self.software))
        return self._state[1]

    @property
    def uptime_seconds(self) -> int:
        """Since it has booted."""
        return int((self.world.now() - self.booted).total_seconds())


def epoch(moment: datetime) -> int:
    """Seconds since 1970."""
    return int(moment.astimezone(UTC).timestamp())
