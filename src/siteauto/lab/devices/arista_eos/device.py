"""A box with its terminal and its API: what the lab serves."""

from siteauto.core.errors import UsageError
from siteauto.lab.devices.arista_eos.box import Box, account
from siteauto.lab.devices.arista_eos.commands import Commands
from siteauto.lab.devices.arista_eos.eapi import Eapi
from siteauto.lab.devices.arista_eos.shell import EosShell
from siteauto.lab.devices.arista_eos.storage import holds
from siteauto.lab.devices.arista_eos.typist import RefusedError
from siteauto.lab.flash import Flash
from siteauto.lab.services import Services
from siteauto.lab.shell import Shell
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState


class AristaEosDevice:
    """Implements SimulatedDevice. Boots from its day-0 text, which is its startup configuration."""

    files: Flash | None = None  # SCP writes to its flash, and nobody needs it

    def __init__(self, spec: DeviceSpec) -> None:
        self.box = Box(spec)
        self.services = Services(web=Eapi(self.box))
        self._known: dict[tuple[str, str], str] = {}  # (user, hash) -> the password that was right for it
        typist = self.box.typist()
        try:
            for line in spec.boot_text.splitlines():
                if line.strip() != "end":
                    typist.type(line)
        except RefusedError as refused:
            raise UsageError(
                f"{spec.name}: the box refuses a line of its day-0 text",
                expected="lines of the grammar of EOS",
                found=str(refused),
            ) from refused
        self.box.change(typist.tree, "console")
        self.box.save("console")

    @property
    def name(self) -> str:
        """Its name in the inventory."""
        return self.box.spec.name

    def state(self) -> DeviceState:
        """As the others meet it."""
        return self.box.state()

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from the startup configuration."""
        if on:
            self.box.boot(reason="The system rebooted due to a Power Loss")
        else:
            self.box.lose_power()

    def login_banner(self) -> str:
        """`banner login`; SSH shows it before the password."""
        node = self.box.running.find("banner login")
        return "".join(f"{line}\n" for line in node.body if line.strip() != "EOF") if node else ""

    def authenticate(self, user: str, password: str) -> bool:
        """Against the local users: no TACACS+ server answers in a lab, so that `local` behind it decides."""
        running = self.box.running
        methods = [
            one.line for one in running.children.values() if one.line.startswith("aaa authentication login default")
        ]
        found = account(running, user)
        if found is None or (methods and "local" not in methods[0].split()):
            return False
        if self._known.get((user, found[2])) == password:
            return True
        right = holds(found[1], found[2], password)
        if right:
            self._known[user, found[2]] = password
        return right

    def shell(self, user: str) -> Shell:
        """A new login; one without an account sits at the console, where nobody asked for it."""
        found = account(self.box.running, user)
        authorised = any(
            one.line.startswith("aaa authorization exec default") and "local" in one.line.split()
            for one in self.box.running.children.values()
        )
        privileged = found is None or (authorised and found[0] == 15)
        return EosShell(Commands(self.box, user, "vty4", privileged=privileged))

    def execute(self, user: str, command: str) -> str | None:
        """A command by an SSH exec request: the same as typed, then the session ends."""
        return self.shell(user).receive(command).text
