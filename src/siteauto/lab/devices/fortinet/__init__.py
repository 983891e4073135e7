"""A simulated FortiGate: `build` makes one from its specification."""

from siteauto.lab.devices.fortinet.box import Box
from siteauto.lab.devices.fortinet.command_line import CommandLine, run_script
from siteauto.lab.flash import Flash
from siteauto.lab.services import SSH_ONLY, Services
from siteauto.lab.shell import Shell
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState


class Fortigate:
    """Implements SimulatedDevice."""

    def __init__(self, box: Box) -> None:
        self._box = box

    @property
    def name(self) -> str:
        """Its name in the inventory."""
        return self._box.spec.name

    @property
    def files(self) -> Flash | None:
        """`admin-scp` is off, as it is shipped: SCP reaches nothing."""
        return None

    @property
    def services(self) -> Services:
        """Nothing but SSH."""
        return SSH_ONLY

    def state(self) -> DeviceState:
        """What the others see of it."""
        return self._box.state()

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from what was saved."""
        self._box.power(on=on)

    def login_banner(self) -> str:
        """The disclaimer before the password, where it is turned on."""
        return self._box.disclaimer("pre")

    def authenticate(self, user: str, password: str) -> bool:
        """Whether a local administrator has this password."""
        return self._box.authenticate(user, password)

    def shell(self, user: str) -> Shell:
        """A new login's command line."""
        return CommandLine(self._box, user)

    def execute(self, user: str, command: str) -> str | None:
        """What an SSH exec request prints."""
        return CommandLine(self._box, user, asks=False).receive(command).text


def build(spec: DeviceSpec) -> Fortigate:
    """A factory-new box on which somebody typed the day-0 text. Raises ValueError where it refuses a line."""
    box = Box(spec, run_script)
    device = Fortigate(box)
    console = CommandLine(box, "admin", asks=False)
    for line in spec.boot_text.splitlines():
        printed = console.receive(line).text
        if "Command fail" in printed:
            raise ValueError(f"{spec.name} refuses the day-0 line {line.strip()!r}: {printed.strip()}")
    return device
