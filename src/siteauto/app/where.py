"""Whether verbs talk to a site's lab or to its real devices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address
from pathlib import Path

from siteauto.adapters.address_record import AddressRecord
from siteauto.adapters.state_folder import StateFolder
from siteauto.app.running_labs import describe, running_lab
from siteauto.app.settings import Settings
from siteauto.core.errors import UsageError
from siteauto.core.models import DeviceName, Role, Site
from siteauto.core.platform_spec import Endpoint
from siteauto.lab.process import LabState
from siteauto.lab.spec import lab_address

SSH_PORT = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLogin:
    """How Ansible reaches a server. Without a key file, ssh uses the operator's own keys."""

    host: str
    port: int
    user: str
    key_file: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """One target. `hosts` are the addresses that the inventory gives its devices; `described_as` names it for people.

    `met` are the addresses at which they were met last: a device that is to move is still there. A lab serves SSH and
    HTTPS at the same two ports on every device; 0: each platform's own.
    """

    lab: bool
    described_as: str
    hosts: dict[DeviceName, str] = field(repr=False)
    ssh_port: int = 0
    https_port: int = 0
    known_hosts: Path
    met: Mapping[DeviceName, str] = field(default_factory=dict, repr=False)
    secrets: Path
    backups: Path
    servers: dict[DeviceName, ServerLogin] = field(default_factory=dict)
    ssh_config: str = ""  # OpenSSH's, for the way through jump hosts; empty: the operator's own
    no_servers: str = ""  # why the site's servers cannot be tested here

    def host(self, device: DeviceName) -> str:
        """The address at which this device is to be reached."""
        return self.hosts[device]

    def elsewhere(self, device: DeviceName) -> str:
        """Where it may still be; empty: nowhere else."""
        met = self.met.get(device, "")
        return met if met != self.hosts[device] else ""

    def port(self, endpoint: Endpoint) -> int:
        """The port at which a device with this endpoint is reached now."""
        return (self.https_port if endpoint.tls else self.ssh_port) or endpoint.port


def find_target(settings: Settings, site: Site) -> Where:
    """The site's lab while it is up, else its real devices; SITEAUTO_TARGET=lab or live allows that one only.

    Raises UsageError when the one allowed is not there, and for the state of a dead lab.
    """
    wanted = settings.environment.get("SITEAUTO_TARGET", "")
    lab = running_lab(settings, site.name)
    if wanted not in ("", "lab", "live") or (wanted == "lab" and lab is None) or (wanted == "live" and lab is not None):
        raise UsageError(
            f"SITEAUTO_TARGET={wanted} does not allow what there is for {site.name}",
            expected="lab, live, or nothing (a lab that is up, else live)",
            found="no lab is up" if lab is None else "a lab is up",
            next_step=f"Run siteauto lab {'up' if lab is None else 'down'} {site.name}, or unset the variable",
        )
    return _live(settings, site) if lab is None else _lab(settings, site, lab)


def still_at(where: Where, site: Site, said: Sequence[str]) -> Where:
    """The target with what a person says of where devices still are: `sw1=10.1.2.3`. Raises UsageError."""
    met = dict(where.met)
    for word in said:
        name, _, text = word.partition("=")
        try:
            device, address = site.device(name), IPv4Address(text)
        except (KeyError, ValueError) as error:
            raise UsageError(
                f"{word} does not say where a device of {site.name} is",
                expected="DEVICE=ADDRESS, as sw1=10.1.2.3",
                found=word,
                next_step="Give a device of this site, and the IPv4 address at which it answers now",
            ) from error
        met[device.name] = lab_address(address) if where.lab else str(address)
    return replace(where, met=met)


def _live(settings: Settings, site: Site) -> Where:
    state, user = StateFolder(settings.state), site.organisation.local_admin
    servers = [device for device in site.devices if device.role is Role.SERVER]
    return Where(
        lab=False,
        described_as=f"live {site.name} (the addresses of the inventory)",
        hosts={device.name: str(device.address.ip) for device in site.devices},
        known_hosts=state.known_hosts,
        met=AddressRecord(state.known_hosts, site.name).read(),
        secrets=state.secrets,
        backups=settings.backups_of_live_devices(),
        ssh_config=settings.environment.get("SITEAUTO_SSH_CONFIG", ""),
        servers={
            device.name: ServerLogin(host=str(device.address.ip), port=SSH_PORT, user=user, key_file=None)
            for device in servers
        },
    )


def _lab(settings: Settings, site: Site, lab: LabState) -> Where:
    state = StateFolder(settings.state)
    booted = {DeviceName(name): host for name, host in lab.addresses.items()}
    return Where(
        lab=True,
        described_as=describe(lab),
        hosts={one.name: lab_address(one.address.ip) for one in site.devices if one.name in booted},
        ssh_port=lab.port,
        https_port=lab.https_port,
        known_hosts=lab.known_hosts,
        met={**booted, **AddressRecord(lab.known_hosts, site.name).read()},
        secrets=lab.secrets or state.secrets,
        backups=settings.backups or state.lab(site.name) / "backups",
        servers={
            DeviceName(name): ServerLogin(host=one.host, port=one.port, user=one.user, key_file=one.key_file)
            for name, one in lab.servers.items()
        },
        no_servers=lab.no_servers,
    )
