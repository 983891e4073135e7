"""What the document of a site asks of the address plan."""

from ipaddress import IPv4Interface, IPv4Network

from siteauto.adapters.yaml_inventory.schema import DevicePart, SiteDocument, VlanPart
from siteauto.core.site.addressing import (
    AddressPlan,
    HostRequest,
    Pins,
    SubnetRequest,
    host_address,
    number_hosts,
    plan_subnets,
)

NOWHERE = IPv4Network("0.0.0.0/32")


def plan_site_subnets(document: SiteDocument, pins: Pins) -> AddressPlan:
    """Where the subnets of the document lie. The site's own word counts more than what was pinned before."""
    requests = [
        SubnetRequest(role=role, prefix=part.prefix or 0, pinned=part.subnet or _pinned(role, part, document, pins))
        for role, part in document.vlans.items()
        if part.subnet is not None or part.prefix is not None
    ]
    return plan_subnets(document.supernet, requests)


def _pinned(role: str, part: VlanPart, document: SiteDocument, pins: Pins) -> IPv4Network | None:
    """Where this subnet was, if it may stay there."""
    network = pins.subnets.get(role)
    fits = network is not None and network.prefixlen == part.prefix and network.subnet_of(document.supernet)
    return network if fits else None


def device_addresses(document: SiteDocument, plan: AddressPlan, pins: Pins) -> dict[str, IPv4Interface]:
    """The address of every device by its key. A device without a subnet is nowhere, which the site's rules tell."""
    found: dict[str, IPv4Interface] = {}
    for vlan in dict.fromkeys(part.vlan for part in document.devices.values()):
        inside = {key: part for key, part in document.devices.items() if part.vlan == vlan}
        requests = [
            HostRequest(short=key, role=part.role, host=part.host if part.host is not None else pins.hosts.get(key))
            for key, part in inside.items()
        ]
        numbers = number_hosts(requests)
        network = plan.subnets.get(vlan, NOWHERE)
        found |= {key: _address_of(part, network, numbers[key]) for key, part in inside.items()}
    return found


def _address_of(part: DevicePart, network: IPv4Network, host: int) -> IPv4Interface:
    return part.address or IPv4Interface((host_address(network, host), network.prefixlen))
