"""A box with its command line and its NETCONF: what the lab serves."""

from siteauto.lab.devices.juniper_junos.box import Box
from siteauto.lab.devices.juniper_junos.netconf import Absent, Netconf
from siteauto.lab.devices.juniper_junos.reading import has, plain, under, value
from siteauto.lab.devices.juniper_junos.shell import JunosShell
from siteauto.lab.flash import Flash
from siteauto.lab.services import Dialogue, Services, Visit
from siteauto.lab.shell import Shell
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState


class JunosDevice:
    """Implements SimulatedDevice."""

    def __init__(self, spec: DeviceSpec) -> None:
        self.box = Box(spec)

    @property
    def name(self) -> str:
        """Its name in the inventory."""
        return self.box.spec.name

    @property
    def files(self) -> Flash | None:
        """Nobody sends it files: a candidate is loaded over NETCONF."""
        return None

    @property
    def services(self) -> Services:
        """NETCONF beside the command line."""
        return Services(subsystems={"netconf": self._netconf})

    def _netconf(self, user: str, visit: Visit) -> Dialogue:
        if not has(under(self.box.running, "system", "services"), "netconf"):
            return Absent()
        return Netconf(self.box, user, visit)

    def state(self) -> DeviceState:
        """As the others meet it."""
        return self.box.state()

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from what was committed."""
        self.box.power(on=on)

    def login_banner(self) -> str:
        """`system login message`; SSH shows it before the password."""
        text = plain(value(under(self.box.running, "system", "login"), "message"))
        return text.replace("\\n", "\n")

    def authenticate(self, user: str, password: str) -> bool:
        """Against the box's own accounts."""
        return self.box.lets_in(user, password)

    def shell(self, user: str) -> Shell:
        """A new login's command line."""
        return JunosShell(self.box, user)

    def execute(self, user: str, command: str) -> str | None:
        """What an SSH exec request prints."""
        return JunosShell(self.box, user).receive(command).text
