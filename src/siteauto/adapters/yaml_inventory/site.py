"""Turns the merged and shaped document of a site into the values of core.models.

It never fails: what does not fit is kept as it was written (a port that no box has, a pinned subnet outside the
supernet), because core.site_rules reports all such things together.
"""

from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import Any

from siteauto.adapters.time_zones import standard_offset
from siteauto.adapters.yaml_inventory.addresses import device_addresses, plan_site_subnets
from siteauto.adapters.yaml_inventory.ports import PortNames, device_settings, links, port_overrides
from siteauto.adapters.yaml_inventory.schema import (
    AccessPart,
    BackupOnlyPart,
    CapacityPart,
    CircuitPart,
    DemandPart,
    FlowPart,
    SiteDocument,
    VlanPart,
)
from siteauto.core.models import (
    BackupOnly,
    Circuit,
    Device,
    Flow,
    HostGroup,
    Organisation,
    PlatformName,
    PortProfile,
    Role,
    Room,
    SecretRef,
    ServicePort,
    Site,
    SiteName,
    SsidPlan,
    Subnet,
)
from siteauto.core.site.access import Access, Login
from siteauto.core.site.addressing import AddressPlan, Pins
from siteauto.core.site.estate import Capacity, Demand, Region
from siteauto.core.site.hardware import Platforms, platform_of
from siteauto.core.site.naming import device_name
from siteauto.core.site.port_settings import NO_VOICE

SERVERS = ("ntp_servers", "dns_servers", "syslog_hosts", "radius_servers", "tacacs_servers")


def build_site(document: SiteDocument, platforms: Platforms, pins: Pins) -> Site:
    """The site that the document means, planned around what is pinned."""
    name = SiteName(document.site)
    plan = plan_site_subnets(document, pins)
    devices = _devices(document, plan, pins, platforms)
    ports = PortNames(devices, platforms)
    circuits = tuple(_circuit(key, part) for key, part in document.circuits.items())
    organisation = _organisation(document)
    profiles = _profiles(document)
    offset, dst = standard_offset(document.timezone)
    return Site(
        name=name,
        archetype=document.archetype,
        street=document.address.street,
        city=document.address.city,
        state=document.address.state,
        postcode=document.address.zip,
        timezone=document.timezone,
        utc_offset_hours=offset,
        dst=dst,
        supernet=document.supernet,
        organisation=organisation,
        circuits=circuits,
        devices=devices,
        links=links(document, ports, circuits),
        subnets=tuple(_subnet(role, part, plan) for role, part in document.vlans.items()),
        ssids=_ssids(document),
        flows=tuple(_flow(key, part) for key, part in document.flows.items()),
        port_overrides=port_overrides(document, ports),
        extra_cli=tuple(
            (device_name(name, k), part.extra_cli.strip("\n")) for k, part in document.devices.items() if part.extra_cli
        ),
        port_profiles=profiles,
        rooms=tuple(Room(name=key, floor=part.floor, e911=part.e911) for key, part in document.rooms.items()),
        unused_ports=document.unused_ports,
        regions=regions_of(document),
        capacity=Capacity(counts=_heads(document.capacity), growth_percent=document.capacity.growth),
        demands=tuple(Demand(role=role, per_head=_heads(part)) for role, part in document.demand.items()),
        backup_only=tuple(_backup_only(name, key, part) for key, part in document.backup_only.items()),
        device_settings=device_settings(document, organisation, profiles),
        access=_access(document.access),
    )


def regions_of(document: SiteDocument) -> tuple[Region, ...]:
    """The parts of the country."""
    return tuple(
        Region(name=key, pools=part.pools, timezone=part.timezone, states=part.states)
        for key, part in document.regions.items()
    )


def _heads(part: CapacityPart | DemandPart) -> dict[str, Any]:
    """Counts or shares by kind; what is nothing is left out."""
    return {kind: value for kind, value in part if value and kind != "growth"}


# ── the organisation ─────────────────────────────────────────────────────────────────────────────────────────────────


def _organisation(document: SiteDocument) -> Organisation:
    part = document.organisation
    groups = {**document.host_groups, **derived_groups(document)}
    return Organisation(
        name=part.name,
        domain=part.domain,
        ntp_servers=part.ntp_servers,
        dns_servers=part.dns_servers,
        syslog_hosts=part.syslog_hosts,
        radius_servers=part.radius_servers,
        tacacs_servers=part.tacacs_servers,
        snmp_user=part.snmp_user,
        snmp_managers=part.snmp_managers,
        management_networks=part.management_networks,
        local_admin=part.local_admin,
        banner=part.banner,
        public_dns_servers=part.public_dns_servers,
        voice_servers=part.voice_servers,
        service_ports=tuple(
            ServicePort(name=key, protocol=service.protocol, ports=service.ports)
            for key, service in document.services.items()
        ),
        host_groups=tuple(HostGroup(name=key, networks=networks) for key, networks in groups.items()),
    )


def _profiles(document: SiteDocument) -> tuple[PortProfile, ...]:
    return tuple(
        PortProfile(
            name=key,
            kind=part.kind,
            vlan_role=part.vlan,
            voice_role="" if part.voice == NO_VOICE else part.voice,
            poe_priority=part.poe,
        )
        for key, part in document.port_profiles.items()
    )


def derived_groups(document: SiteDocument) -> dict[str, tuple[IPv4Network, ...]]:
    """The host groups that nobody has to type. What a single device has of its own belongs to them as well."""
    own = [device.organisation for device in document.devices.values()]

    def gathered(*keys: str) -> list[Any]:
        parts = (document.organisation, *own)
        return list(dict.fromkeys(each for key in keys for part in parts for each in getattr(part, key) or ()))

    return {
        "operators": tuple(gathered("management_networks")),
        "snmp-managers": tuple(gathered("snmp_managers")),
        "company-services": tuple(IPv4Network(address) for address in gathered(*SERVERS)),
    }


# ── the network ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _subnet(role: str, part: VlanPart, plan: AddressPlan) -> Subnet:
    return Subnet(
        role=role,
        vlan_id=part.id,
        name=part.name or role,
        zone=part.zone,
        network=plan.subnets.get(role),
        dhcp=part.dhcp,
        dns=part.dns,
        lease_hours=part.lease_hours,
        edge=part.edge,
        size=part.prefix if part.subnet is None else None,
    )


def _ssids(document: SiteDocument) -> tuple[SsidPlan, ...]:
    return tuple(
        SsidPlan(
            name=part.ssid,
            vlan_role=part.vlan,
            security=part.security,
            bands=part.bands,
            wlan_id=part.id,
            isolation=part.isolation,
            secret=SecretRef(name=f"{document.site}/wlan_{key}") if part.security == "wpa3-sae" else None,
            profile=key,
        )
        for key, part in document.ssids.items()
    )


def _flow(name: str, part: FlowPart) -> Flow:
    return Flow(
        name=name,
        source=part.source,
        destination=part.destination,
        services=part.services,
        source_roles=part.from_vlans,
        source_hosts=part.from_hosts,
        destination_roles=part.to_vlans,
        destination_hosts=part.to_hosts,
        except_hosts=part.except_hosts,
        nat=part.nat,
    )


def _circuit(name: str, part: CircuitPart) -> Circuit:
    return Circuit(
        name=name,
        provider=part.provider,
        circuit_id=part.id,
        rate_mbps=part.rate,
        address=part.address,
        gateway=part.gateway or _other_host(part.address),
        availability=part.availability,
        repair_hours=part.repair_hours,
        usd_month=part.usd_month,
        term_end=part.term_end,
    )


def _other_host(address: IPv4Interface | None) -> IPv4Address | None:
    """The provider's end where the inventory does not say it: the first host that is not our own."""
    if address is None:
        return None
    return next((host for host in address.network.hosts() if host != address.ip), None)


def _access(part: AccessPart) -> Access:
    return Access(
        proxy_jump=part.proxy_jump,
        order=part.order,
        logins=tuple(Login(group=key, username=one.username, secret=one.password) for key, one in part.logins.items()),
    )


def _backup_only(site: SiteName, key: str, part: BackupOnlyPart) -> BackupOnly:
    device = Device(
        name=device_name(site, key),
        short=key,
        role=Role.BACKUP_ONLY,
        platform=PlatformName(part.platform),
        model="",
        serial="",
        address=IPv4Interface(part.address),
        room=part.room,
        ssh_legacy=part.ssh_legacy,
    )
    return BackupOnly(
        device=device, port=part.port or 0, username=part.login.username, password=SecretRef(name=part.login.password)
    )


# ── devices ────────────────────────────────────────────────────────────────────────────────────────


def _devices(document: SiteDocument, plan: AddressPlan, pins: Pins, platforms: Platforms) -> tuple[Device, ...]:
    name = SiteName(document.site)
    wlc = next((key for key, part in document.devices.items() if part.role is Role.WLC), None)
    controller = device_name(name, wlc) if wlc else None
    addresses = device_addresses(document, plan, pins)
    platform = {
        key: PlatformName(part.platform) if part.platform else platform_of(part.model, part.role, platforms)
        for key, part in document.devices.items()
    }
    return tuple(
        Device(
            name=device_name(name, key),
            short=key,
            role=part.role,
            platform=platform[key],
            model=part.model,
            serial=part.serial,
            address=addresses[key],
            managed_by=controller if part.role is Role.AP and platform[key] is None else None,
            room=part.room,
            mac=part.mac,
            ssh_legacy=part.ssh_legacy,
        )
        for key, part in document.devices.items()
    )
