"""Wireless networks, access points and DHCP scopes: what the controller and the site's server offer."""

from ipaddress import IPv4Address, IPv4Network

from siteauto.core.intent import AccessPoint, DhcpReservation, DhcpScope, Ssid
from siteauto.core.models import Device, Role, Site, Subnet
from siteauto.core.site.addressing import FIRST_DHCP_HOST, GATEWAY_HOST, host_address


def build_ssids(site: Site) -> tuple[Ssid, ...]:
    """The wireless networks of the site, by WLAN id."""
    vlans = {subnet.role: subnet for subnet in site.subnets}
    return tuple(
        Ssid(
            name=plan.name,
            profile=plan.profile,
            wlan_id=plan.wlan_id,
            vlan_id=vlans[plan.vlan_role].vlan_id,
            vlan_name=vlans[plan.vlan_role].name,
            security=plan.security,
            bands=plan.bands,
            isolation=plan.isolation,
            secret=plan.secret,
        )
        for plan in sorted(site.ssids, key=lambda each: each.wlan_id)
    )


def build_access_points(controller: Device, site: Site) -> tuple[AccessPoint, ...]:
    """The access points that this controller serves."""
    return tuple(
        AccessPoint(
            name=device.name,
            model=device.model,
            serial=device.serial,
            ethernet_mac=device.mac,
            address=device.address,
            room=device.room,
        )
        for device in site.devices
        if device.role is Role.AP and device.managed_by == controller.name
    )


def build_scopes(site: Site, servers: tuple[IPv4Address, ...]) -> tuple[DhcpScope, ...]:
    """What the site's server hands out, by VLAN id."""
    subnets = sorted(site.subnets, key=lambda each: each.vlan_id)
    return tuple(
        _scope(subnet, subnet.network, site, servers)
        for subnet in subnets
        if subnet.network is not None and subnet.dhcp in ("relay", "static")
    )


def _scope(subnet: Subnet, network: IPv4Network, site: Site, servers: tuple[IPv4Address, ...]) -> DhcpScope:
    inside = [device for device in site.devices if device.address.ip in network]
    gateway = host_address(network, GATEWAY_HOST)
    static = subnet.dhcp == "static"
    first, last = _static_range(inside, gateway) if static else _pool(network)
    return DhcpScope(
        role=subnet.role,
        vlan_id=subnet.vlan_id,
        network=network,
        gateway=gateway,
        first=first,
        last=last,
        lease_hours=subnet.lease_hours,
        static=static,
        dns_servers=_resolvers(subnet, site, servers),
        tftp_servers=site.organisation.voice_servers if subnet.role in _phone_roles(site) else (),
        reservations=tuple(
            DhcpReservation(name=device.short, mac=device.mac, address=device.address.ip)
            for device in inside
            if device.mac
        ),
    )


def _pool(network: IPv4Network) -> tuple[IPv4Address, IPv4Address]:
    """From the tenth address to the last, so that what has a fixed address is never handed out."""
    return host_address(network, FIRST_DHCP_HOST), network.broadcast_address - 1


def _static_range(devices: list[Device], gateway: IPv4Address) -> tuple[IPv4Address, IPv4Address]:
    reserved = [device.address.ip for device in devices if device.mac] or [gateway]
    return min(reserved), max(reserved)


def _resolvers(subnet: Subnet, site: Site, servers: tuple[IPv4Address, ...]) -> tuple[IPv4Address, ...]:
    answers = {"site": servers or site.organisation.dns_servers, "public": site.organisation.public_dns_servers}
    return answers.get(subnet.dns, ())


def _phone_roles(site: Site) -> set[str]:
    """The VLAN roles that some port profile gives to phones."""
    return {profile.voice_role for profile in site.port_profiles if profile.voice_role}
