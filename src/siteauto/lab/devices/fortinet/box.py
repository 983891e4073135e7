"""The box itself: what it holds, who may log in, what survives a power cut, and what happens by the clock."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from siteauto.lab.devices.fortinet import state
from siteauto.lab.devices.fortinet.automation import Automation
from siteauto.lab.devices.fortinet.encryption import verify_password
from siteauto.lab.devices.fortinet.factory import BUILD, FIRMWARE, MODELS, Model, factory_configuration
from siteauto.lab.devices.fortinet.revisions import Revision, Revisions
from siteauto.lab.devices.fortinet.transaction import Transactions
from siteauto.lab.devices.fortinet.tree import Configuration
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState


class Box:
    """A FortiGate without its command line. `run_script` types the lines of a script of the box's own."""

    def __init__(self, spec: DeviceSpec, run_script: Callable[["Box", str], None]) -> None:
        self.spec = spec
        self.world = spec.world
        self.model: Model = MODELS[spec.model]
        self.running = factory_configuration(self.model)
        self.transactions = Transactions()
        self.revisions = Revisions()
        self.booted = self.world.now()
        self.reboot_reason = "power cycle"
        self.changes = 1  # counts up in the header of `show`
        self.is_on = True
        self._unsaved: Configuration | None = None  # what a power cut brings back, where saving is manual
        self._automation = Automation(self.world, lambda script: run_script(self, script))
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
        self._set_alarms()

    def save(self) -> None:
        """`execute cfg save`."""
        self._unsaved = None

    def restore(self, revision: Revision) -> None:
        """Take a revision's configuration and reboot."""
        self.running = revision.configuration.copy()
        self._unsaved = None
        self.changes += 1
        self.reboot()

    def reboot(self) -> None:
        """Go down and come back."""
        self.world.reboot(self.spec.name)
        self.reboot_reason = "warm reboot"

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from what was saved."""
        if not on:
            self.is_on = False
            self.reboot_reason = "power cycle"
            self.transactions.active.clear()
            self._automation.drop_alarms()
            return
        if not self.is_on:
            self.is_on = True
            self.booted = self.world.now()
            if self._unsaved is not None:
                self.running, self._unsaved = self._unsaved, None
                self.changes += 1
            self._set_alarms()

    def _set_alarms(self) -> None:
        self._automation.set_alarms(self.running, self.timezone)
