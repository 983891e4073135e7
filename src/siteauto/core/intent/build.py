"""From a site to the intent of each of its devices. Pure: the same site always gives the same intents."""

from siteauto.core.intent import DeviceIntent, Management, Route, Vlan
from siteauto.core.intent.build_firewall import DEFAULT_ROUTE, build_firewall, server_addresses
from siteauto.core.intent.build_ports import NATIVE_ROLE, PARKING_ROLE, build_ports
from siteauto.core.intent.build_services import build_access_points, build_scopes, build_ssids
from siteauto.core.intent.build_wiring import Wiring, home_role, wire_site
from siteauto.core.models import Device, Role, Site, Subnet
from siteauto.core.platform_spec import GATEWAY_NAMING
from siteauto.core.site.addressing import GATEWAY_HOST, host_address
from siteauto.core.site.hardware import Platforms
from siteauto.core.site.topology import bridges_vlans, management_depth, root_device

__all__ = ["build_intents", "management_depth"]


def build_intents(site: Site, platforms: Platforms) -> tuple[DeviceIntent, ...]:
    """What each device of the site shall be, in the order of the site file. The site must have passed its rules."""
    wiring = wire_site(site, platforms)
    return tuple(_build_intent(device, wiring) for device in site.devices)


def _build_intent(device: Device, wiring: Wiring) -> DeviceIntent:
    site = wiring.site
    management = _management(device, wiring)
    ports = build_ports(device, wiring)
    box = wiring.hardware.get(device.name)
    naming = box.gateway if box else GATEWAY_NAMING
    firewall = build_firewall(site, ports, naming=naming) if device.role is Role.FIREWALL else None
    servers = server_addresses(site)
    root = root_device(site)
    organisation = site.settings(device.name).organisation
    return DeviceIntent(
        site=site.name,
        city=site.city,
        location=f"{site.street}, {site.city}, {site.state} {site.postcode}",
        timezone=site.timezone,
        utc_offset_hours=site.utc_offset_hours,
        dst=site.dst,
        organisation=organisation,
        device=device,
        management=management,
        vlans=_vlans(device, wiring),
        ports=ports,
        gateways=firewall.gateways if firewall else (),
        routes=firewall.routes if firewall else (Route(prefix=DEFAULT_ROUTE, next_hop=management.gateway),),
        ssids=build_ssids(site) if device.role in (Role.WLC, Role.AP) and bridges_vlans(device) else (),
        radios=box.radios if (box := wiring.hardware.get(device.name)) and device.platform else (),
        access_points=build_access_points(device, site),
        zones=firewall.zones if firewall else (),
        addresses=firewall.addresses if firewall else (),
        address_groups=firewall.address_groups if firewall else (),
        service_objects=firewall.service_objects if firewall else (),
        policies=firewall.policies if firewall else (),
        scopes=build_scopes(site, servers) if device.role is Role.SERVER else (),
        spanning_tree_root=root is not None and device.name == root.name,
        site_servers=servers,
        dns_servers=organisation.dns_servers,
        extra_cli="\n".join(text for name, text in site.extra_cli if name == device.name),
    )


def _management(device: Device, wiring: Wiring) -> Management:
    subnet = wiring.site.subnet(home_role(device, wiring.site))
    return Management(
        address=device.address,
        vlan_id=subnet.vlan_id,
        gateway=host_address(device.address.network, GATEWAY_HOST),
        path=wiring.paths.get(device.name, ()),
    )


def _vlans(device: Device, wiring: Wiring) -> tuple[Vlan, ...]:
    """The VLANs that the device must know. Switches and controllers also hold the parking and the native VLAN."""
    if not bridges_vlans(device):
        return ()
    layer_2 = {Role.FIREWALL: (), Role.AP: (NATIVE_ROLE,)}.get(device.role, (PARKING_ROLE, NATIVE_ROLE))
    carried = set(wiring.carried[device.name])
    carried |= {each.vlan_id for each in wiring.site.subnets if each.role in layer_2}
    ordered = sorted(wiring.site.subnets, key=lambda each: each.vlan_id)
    return tuple(_vlan(subnet) for subnet in ordered if subnet.vlan_id in carried)


def _vlan(subnet: Subnet) -> Vlan:
    return Vlan(id=subnet.vlan_id, name=subnet.name, role=subnet.role, snooping=subnet.dhcp == "relay")
