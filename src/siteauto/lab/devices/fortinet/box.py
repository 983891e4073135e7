"""The box itself: what it holds, who may log in, what survives a power cut, and what happens by the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from siteauto.lab.devices.fortinet import state
from siteauto.lab.devices.fortinet.encryption import verify_password
from siteauto.lab.devices.fortinet.factory import BUILD, FIRMWARE, MODELS, Model, factory_configuration
from siteauto.lab.devices.fortinet.transaction import Transactions
from siteauto.lab.devices.fortinet.tree import Configuration, Node
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState
from siteauto.lab.world_view import TimerHandle

Run = Callable[[str], None]  # runs a script of the box's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A configuration kept on the flash."""

    number: int
    at: datetime
    admin: str
    comment: str
    configuration: Configuration


class Box:
    """A FortiGate without its command line."""

    def __init__(self, spec: DeviceSpec) -> None:
        self.spec = spec
        self.world = spec.world
        self.model: Model = MODELS[spec.model]
        self.running = factory_configuration(self.model)
        self.transactions = Transactions()
        self.revisions: list[Revision] = []
        self.booted = self.world.now()
        self.reboot_reason = "power cycle"
        self.changes = 1  # counts up in the header of `show`
        self.is_on = True
        self.run_script: Run = lambda _: None  # the command line puts itself here
        self._revision_count = 0
        self._unsaved: Configuration | None = None  # what a power cut brings back, where saving is manual
        self._alarms: list[TimerHandle] = []
        self._state: tuple[tuple[int, bool], DeviceState] | None = None  # as it was at that count of changes

    # ── what it says of itself ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def hostname(self) -> str:
        """Its name, the title of the model until it has one."""
        return self.running.node("system.global").word("hostname") or self.model.title

    @property
    def version(self) -> str:
        """As LLDP and the first line of the status say it."""
        return f"v{FIRMWARE},build{BUILD}"

    @property
    def local_now(self) -> datetime:
        """The clock on the wall, in the box's own time zone."""
        return self.world.now().astimezone(self.timezone)

    @property
    def timezone(self) -> ZoneInfo:
        """The zone that it is set to."""
        return ZoneInfo(self.running.node("system.global").word("timezone") or "UTC")

    def state(self) -> DeviceState:
        """What the others see of it. The same object as long as nothing changes: the world asks after every line."""
        moment = (self.changes, self.is_on)
        if self._state is None or self._state[0] != moment:
            self._state = (moment, self._compute_state())
        return self._state[1]

    def _compute_state(self) -> DeviceState:
        return DeviceState(
            name=self.spec.name,
            hostname=self.hostname,
            model=self.spec.model,
            serial=self.spec.serial,
            base_mac=self.spec.base_mac,
            system_description=f"{self.model.title} {self.version}",
            ports=state.port_states(self.running, self.spec.base_mac),
            vlans=frozenset({1}),  # the one inside the hardware switch
            vlan_interfaces=state.vlan_states(self.running),
            routes=state.route_states(self.running),
            capabilities=("bridge", "router"),
            forwards=True,
            filters=state.filter_rules(self.running),
            powered=self.is_on,
            logins=state.login_addresses(self.running),
        )

    def disclaimer(self, when: str) -> str:
        """The banner before (`pre`) or after (`post`) a login; empty where it is off."""
        if self.running.node("system.global").word(f"{when}-login-banner") != "enable":
            return ""
        text = self.running.rows("system.replacemsg.admin").get(f"{when}_admin-disclaimer-text")
        return (text.word("buffer") if text is not None else "WARNING: authorised use only.") + "\n"

    def authenticate(self, user: str, password: str) -> bool:
        """Whether a local administrator has this password. A new box asks for one before anything can be done."""
        admin = self.running.rows("system.admin").get(user)
        stored = admin.word("password") if admin is not None else ""
        return bool(stored) and verify_password(stored, password)

    def is_super_admin(self, user: str) -> bool:
        """Whether the login may do everything."""
        admin = self.running.rows("system.admin").get(user)
        return admin is not None and admin.word("accprofile") == "super_admin"

    # ── change ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def remember_before_change(self) -> None:
        """Keep what a power cut brings back, where `cfg-save` is not automatic."""
        if self.running.node("system.global").word("cfg-save") != "automatic" and self._unsaved is None:
            self._unsaved = self.running.copy()

    def changed(self) -> None:
        """Something was stored: it is saved by then, and the alarms are set anew."""
        self.changes += 1
        if self.running.node("system.global").word("cfg-save") == "automatic":
            self._unsaved = None
        self.set_alarms()

    def save(self) -> None:
        """`execute cfg save`."""
        self._unsaved = None

    def keep_revision(self, admin: str, comment: str) -> Revision:
        """Put the running configuration on the flash."""
        self._revision_count += 1
        kept = Revision(
            number=self._revision_count,
            at=self.local_now,
            admin=admin,
            comment=comment,
            configuration=self.running.copy(),
        )
        self.revisions.append(kept)
        return kept

    def revision(self, number: str) -> Revision | None:
        """The revision of this number."""
        return next((kept for kept in self.revisions if str(kept.number) == number), None)

    def restore(self, revision: Revision) -> None:
        """Take a revision's configuration and reboot."""
        self.running = revision.configuration.copy()
        self._unsaved = None
        self.changes += 1
        self.reboot()

    def reboot(self) -> None:
        """Go down and come back."""
        self.reboot_reason = "warm reboot"
        self.world.reboot(self.spec.name)

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from what was saved."""
        if not on:
            self.is_on = False
            self.transactions.active.clear()
            self._drop_alarms()
            return
        if not self.is_on:
            self.is_on = True
            self.booted = self.world.now()
            if self._unsaved is not None:
                self.running, self._unsaved = self._unsaved, None
                self.changes += 1
            self.set_alarms()

    # ── automation ───────────────────────────────────────────────────────────────────────────────────────────────────

    def set_alarms(self) -> None:
        """Set the clock for every stitch with a one-time trigger that lies ahead."""
        self._drop_alarms()
        for name, stitch in self.running.rows("system.automation-stitch").items():
            due = self._due(stitch)
            if due is not None and due > self.world.now():
                self._alarms.append(self.world.call_at(due, self._ringer(name)))

    def _drop_alarms(self) -> None:
        for alarm in self._alarms:
            alarm.cancel()
        self._alarms.clear()

    def _due(self, stitch: Node) -> datetime | None:
        trigger = self.running.rows("system.automation-trigger").get(stitch.word("trigger"))
        if stitch.word("status") != "enable" or trigger is None or trigger.word("trigger-frequency") != "once":
            return None
        local = datetime.strptime(trigger.word("trigger-datetime"), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 (zone added)
        return local.replace(tzinfo=self.timezone).astimezone(UTC)

    def _ringer(self, stitch: str) -> Callable[[], None]:
        return lambda: self._ring(stitch)

    def _ring(self, name: str) -> None:
        stitch = self.running.rows("system.automation-stitch").get(name)
        actions = self.running.rows("system.automation-action")
        for row in stitch.rows("actions").values() if stitch is not None and self.is_on else ():
            action = actions.get(row.word("action"))
            if action is not None and action.word("action-type") == "cli-script":
                self.run_script(action.word("script"))
