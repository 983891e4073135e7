"""A box with its terminal: what the lab serves."""

import re

from siteauto.core.errors import UsageError
from siteauto.lab.devices.aruba_aoscx.box import Box
from siteauto.lab.devices.aruba_aoscx.shell import AoscxShell, banner
from siteauto.lab.flash import Flash
from siteauto.lab.services import SSH_ONLY, Services
from siteauto.lab.shell import Shell
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState

REFUSAL = re.compile(r"^(?:Invalid input|% )|does not exist")


class AoscxDevice:
    """Implements SimulatedDevice. Boots from its day-0 text, which is saved, as somebody did it on the console."""

    def __init__(self, spec: DeviceSpec) -> None:
        self.box = Box(spec)
        refused = _type_at_console(AoscxShell(self.box, "admin"), spec.boot_text)
        if refused:
            raise UsageError(
                f"{spec.name}: the box refuses lines of its day-0 text",
                expected="lines of the grammar of AOS-CX",
                found="; ".join(refused),
            )
        self.box.save()

    @property
    def name(self) -> str:
        """Its name in the inventory."""
        return self.box.spec.name

    @property
    def files(self) -> Flash | None:
        """Configurations are reached by name alone."""
        return None

    @property
    def services(self) -> Services:
        """Its command line is all; the web server is off."""
        return SSH_ONLY

    def state(self) -> DeviceState:
        """As the others meet it."""
        return self.box.state()

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from the startup configuration."""
        if on:
            self.box.boot()
        else:
            self.box.lose_power()

    def login_banner(self) -> str:
        """`banner motd`; SSH shows it before the password."""
        return banner(self.box.running, "motd")

    def authenticate(self, user: str, password: str) -> bool:
        """Against the local users: no TACACS+ server answers in a lab, so that `local` behind it decides."""
        lines = [node.line for node in self.box.running.children.values()]
        methods = [line.split() for line in lines if line.startswith("aaa authentication login default ")]
        if methods and "local" not in methods[0]:
            return False
        start = rf"user {re.escape(user)} group \S+ password ciphertext (\S+)"
        stored = next((found[1] for line in lines if (found := re.fullmatch(start, line))), "")
        return self.box.cipher.holds(stored, password)

    def shell(self, user: str) -> Shell:
        """A new login."""
        return AoscxShell(self.box, user)

    def execute(self, user: str, command: str) -> str | None:
        """A command by an SSH exec request: the same as typed, then the session ends."""
        return self.shell(user).receive(command).text


def _type_at_console(shell: AoscxShell, text: str) -> list[str]:
    """Type a configuration; return what was refused."""
    shell.receive("configure terminal")
    answers = [(line, shell.receive(line).text) for line in text.splitlines()]
    return [f"{line.strip()}: {answer.strip()}" for line, answer in answers if REFUSAL.search(answer)]
