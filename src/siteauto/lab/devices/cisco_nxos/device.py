"""A box with its terminal: what the lab serves."""

from siteauto.core.errors import UsageError
from siteauto.lab.devices.cisco_nxos.box import Box
from siteauto.lab.devices.cisco_nxos.shell import NxosShell
from siteauto.lab.flash import Flash
from siteauto.lab.services import SSH_ONLY, Services
from siteauto.lab.shell import Shell
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState


class NxosDevice:
    """Implements SimulatedDevice. Boots from its day-0 text, which is saved, as somebody did it on the console."""

    def __init__(self, spec: DeviceSpec) -> None:
        self.box = Box(spec)
        shell = NxosShell(self.box)
        shell.receive("configure terminal")
        answers = [(line, shell.receive(line).text) for line in spec.boot_text.splitlines()]
        refused = [f"{line.strip()}: {text.strip()}" for line, text in answers if "% " in text]
        if refused:
            raise UsageError(
                f"{spec.name}: the box refuses lines of its day-0 text",
                expected="lines of the grammar of NX-OS",
                found="; ".join(refused),
            )
        self.box.startup = self.box.text

    @property
    def name(self) -> str:
        """Its name in the inventory."""
        return self.box.spec.name

    @property
    def files(self) -> Flash | None:
        """Nothing is copied to it: it makes its files itself."""
        return None

    @property
    def services(self) -> Services:
        """Its command line is all."""
        return SSH_ONLY

    def state(self) -> DeviceState:
        """As the others meet it."""
        return self.box.state()

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from the startup configuration."""
        if on:
            self.box.boot()
        else:
            self.box.commit()

    def login_banner(self) -> str:
        """`banner motd` stands before the password."""
        node = self.box.running.find("banner motd")
        return "\n".join((*node.body, "")) if node else ""

    def authenticate(self, user: str, password: str) -> bool:
        """Against the local users, who are asked where no TACACS+ server answers."""
        return self.box.lets_in(user, password)

    def shell(self, user: str) -> Shell:  # noqa: ARG002 - every user may do everything here
        """A new login."""
        return NxosShell(self.box)

    def execute(self, user: str, command: str) -> str | None:
        """A command by an SSH exec request: the same as typed, then the session ends."""
        return self.shell(user).receive(command).text
