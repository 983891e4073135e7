"""The addresses of a site as they were pinned: what has one keeps it, whatever else the site gets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from siteauto.core.models import Site
from siteauto.core.site.addressing import Pins

EVERYTHING = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressLock:
    """Where the subnets of a site lie by VLAN role, and the addresses of its devices by their keys."""

    site: str
    supernet: IPv4Network
    subnets: Mapping[str, IPv4Network]
    devices: Mapping[str, IPv4Address]

    def network_of(self, device: str) -> IPv4Network | None:
        """The pinned subnet that holds this device."""
        address = self.devices.get(device)
        return next((each for each in self.subnets.values() if address is not None and address in each), None)

    def host_number(self, device: str) -> int | None:
        """The number of this device in its pinned subnet."""
        network = self.network_of(device)
        return int(self.devices[device]) - int(network.network_address) if network is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Something that is pinned and would get another address."""

    name: str  # a VLAN role or a device's key
    was: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChange:
    """A site with its addresses as they are planned, its lock (None: there is none), and what that would say."""

    site: Site
    old: AddressLock | None
    new: AddressLock

    @property
    def moves(self) -> tuple[Move, ...]:
        """What is pinned and would get another address."""
        return find_moves(self.old, self.new) if self.old else ()

    def unasked(self, renumber: Collection[str]) -> tuple[Move, ...]:
        """The moves that nobody asked for who named these to be renumbered."""
        return tuple(move for move in self.moves if self.old and not caused_by(move, self.old, renumber))

    @property
    def differs(self) -> bool:
        """Whether the lock would say anything else than it does."""
        return self.old is None or (self.old.supernet, self.old.subnets, self.old.devices) != (
            self.new.supernet,
            self.new.subnets,
            self.new.devices,
        )


def lock_of(site: Site) -> AddressLock:
    """What the lock of this site has to say, in the order of addresses."""
    subnets = sorted((each.network, each.role) for each in site.subnets if each.network is not None)
    homes = [network for network, _ in subnets]
    devices = sorted(
        (each.address.ip, each.short) for each in site.devices if any(each.address.ip in home for home in homes)
    )
    return AddressLock(
        site=site.name,
        supernet=site.supernet,
        subnets={role: network for network, role in subnets},
        devices={short: address for address, short in devices},
    )


def find_moves(old: AddressLock, new: AddressLock) -> tuple[Move, ...]:
    """What is in both and stands elsewhere in the new one."""
    subnets = [(role, old.subnets[role], network) for role, network in new.subnets.items() if role in old.subnets]
    devices = [(short, old.devices[short], address) for short, address in new.devices.items() if short in old.devices]
    return tuple(
        Move(name=name, was=str(was), becomes=str(becomes))
        for name, was, becomes in (*subnets, *devices)
        if was != becomes
    )


def caused_by(move: Move, old: AddressLock, names: Collection[str]) -> bool:
    """Whether a person who named these to be renumbered has asked for this move. A device goes with its subnet."""
    home = old.network_of(move.name) if move.name in old.devices else None
    roles = [role for role, network in old.subnets.items() if network == home]
    return EVERYTHING in names or move.name in names or any(role in names for role in roles)


def pins_of(lock: AddressLock, renumber: Collection[str] = ()) -> Pins:
    """What the next plan has to keep. Devices keep their numbers when their subnet moves."""
    if EVERYTHING in renumber:
        return Pins()
    numbers = {short: lock.host_number(short) for short in lock.devices if short not in renumber}
    return Pins(
        subnets={role: network for role, network in lock.subnets.items() if role not in renumber},
        hosts={short: number for short, number in numbers.items() if number is not None},
    )
