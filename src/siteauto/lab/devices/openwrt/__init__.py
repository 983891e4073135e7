"""A simulated OpenWrt access point: `build` makes one from its specification."""

from siteauto.lab.devices.openwrt.ash import Ash
from siteauto.lab.devices.openwrt.box import Box
from siteauto.lab.flash import Flash
from siteauto.lab.services import SSH_ONLY, Services
from siteauto.lab.shell import Shell
from siteauto.lab.spec import DeviceSpec
from siteauto.lab.state import DeviceState


class AccessPoint:
    """Implements SimulatedDevice."""

    def __init__(self, box: Box) -> None:
        self._box = box

    @property
    def name(self) -> str:
        """Its name in the inventory."""
        return self._box.spec.name

    @property
    def files(self) -> Flash | None:
        """Dropbear has no SFTP server, and nobody needs its files."""
        return None

    @property
    def services(self) -> Services:
        """SSH alone."""
        return SSH_ONLY

    def state(self) -> DeviceState:
        """What the others see of it."""
        return self._box.state()

    def power(self, *, on: bool) -> None:
        """Lose power, or boot from /etc/config."""
        self._box.power(on=on)

    def login_banner(self) -> str:
        """Dropbear shows /etc/banner after the login, not before it."""
        return ""

    def authenticate(self, user: str, password: str) -> bool:
        """Whether this is root's password. An empty one lets nobody in over the network."""
        return user == "root" and self._box.has_password(password)

    def shell(self, user: str) -> Shell:
        """A new login's command line."""
        del user  # there is only root
        return Ash(self._box)

    def execute(self, user: str, command: str) -> str | None:
        """What an SSH exec request prints."""
        del user
        return Ash(self._box).receive(command).text


def build(spec: DeviceSpec) -> AccessPoint:
    """A factory-new box whose image ran the day-0 script. Raises ValueError where a line of it fails."""
    box = Box(spec)
    shell = Ash(box)
    for line in spec.boot_text.splitlines():
        printed = shell.receive(line).text
        if shell.failed:
            raise ValueError(f"{spec.name} refuses the day-0 line {line.strip()!r}: {printed.strip()}")
    return AccessPoint(box)
