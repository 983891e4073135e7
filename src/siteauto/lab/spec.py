"""What a lab is made of: plain data, so that the background process can be told in a file."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path

from siteauto.core.models import Circuit, Link
from siteauto.core.platform_spec import PlatformSpec
from siteauto.lab.world_view import WorldView


def lab_address(address: IPv4Address) -> str:
    """Where the lab serves a management address: 10.a.b.c at 127.a.b.c."""
    return "127." + str(address).split(".", 1)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSpec:
    """A factory-new box with its day-0 text. `world` is what it is wired into."""

    name: str
    short: str
    platform: PlatformSpec
    model: str
    serial: str
    base_mac: str  # xx:xx:xx:xx:xx:xx
    boot_text: str
    world: WorldView


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSpec:
    """A device of the lab as the specification file holds it; `platform` is empty where nobody logs in."""

    name: str
    short: str
    role: str
    platform: str
    model: str
    serial: str
    address: IPv4Interface
    managed_by: str = ""
    mac: str = ""
    boot_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerMember:
    """The site's Linux server, run from an image. `gateways`: the firewall's addresses, the server's own first."""

    name: str
    address: IPv4Interface
    gateways: tuple[IPv4Interface, ...]
    image: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class LabSpec:
    """A whole site. `boot_seconds`: how long a reboot takes on the lab's clock, much shorter than on real hardware."""

    site: str
    port: int
    members: tuple[MemberSpec, ...]
    links: tuple[Link, ...]
    circuits: tuple[Circuit, ...]
    servers: tuple[ServerMember, ...] = ()
    no_servers: str = ""  # why this machine cannot run the site's servers
    boot_seconds: float = 4.0
    https_port: int = 0  # for devices that serve HTTPS too
    legacy_ssh: bool = False  # offer ssh-rsa and SHA-1 key exchange as old boxes do


def lab_gateways(addresses: tuple[IPv4Interface, ...], server: IPv4Interface) -> tuple[IPv4Interface, ...]:
    """The firewall's addresses with the server's own gateway first. Raises ValueError when there is none."""
    own: list[IPv4Interface] = [each for each in addresses if each.network == server.network]
    if not own:
        raise ValueError(f"no gateway for {server}")
    return (*own, *(each for each in addresses if each not in own))
