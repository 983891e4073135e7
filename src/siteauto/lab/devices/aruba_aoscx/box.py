"""One box: what it runs, what it keeps, its timer, and what survives a loss of power."""

from dataclasses import dataclass
from datetime import timedelta

from siteauto.core.config import ConfigTree, parse
from siteauto.core.errors import UsageError
from siteauto.core.platform_spec import Hardware
from siteauto.lab.devices.aruba_aoscx.checkpoints import RUNNING, STARTUP, SYSTEM_LIMIT, Checkpoint, stamp
from siteauto.lab.devices.aruba_aoscx.ciphertext import Cipher
from siteauto.lab.devices.aruba_aoscx.device_state import read_state
from siteauto.lab.devices.aruba_aoscx.factory import factory_text, family_of, permanent_text, title_word
from siteauto.lab.devices.aruba_aoscx.port_defaults import with_defaults
from siteauto.lab.devices.aruba_aoscx.printing import configuration
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState
from siteauto.lab.world_view import TimerHandle

WARNING = 'WARNING  Please "checkpoint auto confirm" within 2 minutes\n'
RESTORING = "WARNING: Restoring configuration. Do NOT add any new configuration.\n"
RESTORED = "Restoration successful\n"
NOTICE = timedelta(minutes=2)
QUIET = timedelta(seconds=300)  # without a change after which the box makes a checkpoint of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoMode:
    """`checkpoint auto`: what comes back, and what will happen until then."""

    before: ConfigTree
    events: tuple[TimerHandle, ...]


class Box:
    """A campus switch without a terminal."""

    def __init__(self, spec: DeviceSpec) -> None:
        hardware = spec.platform.hardware_of(spec.model)
        if hardware is None:
            raise UsageError(f"{spec.name}: the lab has no {spec.model}", expected="a model of the platform file")
        self.spec = spec
        self.hardware: Hardware = hardware
        self.family = family_of(spec.model)
        self.cipher = Cipher(spec.serial)
        self.checkpoints: dict[str, Checkpoint] = {}
        self.auto: AutoMode | None = None
        self._next_checkpoint: TimerHandle | None = None
        self._state: tuple[ConfigTree, DeviceState] | None = None
        self._printed: tuple[ConfigTree, str] | None = None
        self.running = self.tree_of("")
        self.boot()

    # ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def hostname(self) -> str:
        """As configured."""
        lines = (node.line for node in self.running.children.values())
        return next((line.split()[1] for line in lines if line.startswith("hostname ")), title_word(self.family))

    @property
    def text(self) -> str:
        """The running configuration as it is printed."""
        if self._printed is None or self._printed[0] is not self.running:
            self._printed = (self.running, configuration(self.running, self.family.software))
        return self._printed[1]

    def tree_of(self, text: str) -> ConfigTree:
        """What the box holds after this text."""
        tree = parse(self.spec.platform.config, permanent_text(self.hardware, self.family) + text)
        return with_defaults(tree, self.hardware)

    def change(self, tree: ConfigTree) -> None:
        """Make this the running configuration; a checkpoint of it follows when nothing more changes."""
        tree = with_defaults(tree, self.hardware)
        if tree == self.running:
            return
        self.running = tree
        if self._next_checkpoint is not None:
            self._next_checkpoint.cancel()
        due = self.spec.world.now() + QUIET
        self._next_checkpoint = self.spec.world.call_at(due, self._keep_by_itself)

    def kept(self, name: str) -> str | None:
        """The configuration of this name; None: there is none."""
        if name == RUNNING:
            return self.text
        found = self.checkpoints.get(name)
        return found.text if found is not None else None

    def keep(self, name: str, text: str, *, writer: str = "User") -> None:
        """Put a configuration under a name."""
        kind = "startup" if name == STARTUP else "checkpoint"
        at = self.spec.world.now()
        self.checkpoints[name] = Checkpoint(name=name, text=text, at=at, writer=writer, kind=kind)

    def save(self) -> None:
        """Running to startup."""
        self.keep(STARTUP, self.text)

    def _keep_by_itself(self) -> None:
        own = sorted(name for name in self.checkpoints if name.startswith("CPC"))
        if not any(one.text == self.text for one in self.checkpoints.values()):
            if len(own) >= SYSTEM_LIMIT:
                del self.checkpoints[own[-1]]
            self.keep(stamp("CPC", self.spec.world.now()), self.text, writer="System")

    # ── the timed undo ───────────────────────────────────────────────────────────────────────────────────────────────

    def start_auto(self, minutes: int) -> bool:
        """`checkpoint auto M`; False: one runs already."""
        if self.auto is not None:
            return False
        world, length = self.spec.world, timedelta(minutes=minutes)
        events = [world.call_at(world.now() + length, self._restore)]
        if length > NOTICE:
            events.append(world.call_at(world.now() + length - NOTICE, lambda: self._tell(WARNING)))
        self.auto = AutoMode(before=self.running, events=tuple(events))
        return True

    def end_auto(self) -> bool:
        """Stop the timer; False: none runs."""
        if self.auto is None:
            return False
        for event in self.auto.events:
            event.cancel()
        self.auto = None
        return True

    def _restore(self) -> None:
        auto = self.auto
        if auto is not None:
            self.end_auto()
            self._tell(RESTORING)
            self.change(auto.before)
            self._tell(RESTORED)

    def _tell(self, text: str) -> None:
        self.spec.world.announce(self.spec.name, text)

    # ── power ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def boot(self) -> None:
        """Start from what was saved, or as from the factory."""
        saved = self.checkpoints.get(STARTUP)
        self.running = self.tree_of(saved.text if saved is not None else factory_text(self.hardware, self.family))
        self.booted = self.spec.world.now()

    def lose_power(self) -> None:
        """Everything that was not saved is gone, the timer too."""
        self.end_auto()
        if self._next_checkpoint is not None:
            self._next_checkpoint.cancel()

    # ── what others see ──────────────────────────────────────────────────────────────────────────────────────────────

    def state(self) -> DeviceState:
        """As the world meets it; computed once for each configuration."""
        if self._state is None or self._state[0] is not self.running:
            software = f"Aruba {self.spec.model}  {self.family.software}"
            self._state = (self.running, read_state(self.spec, self.hardware, self.running, software=software))
        return self._state[1]
