"""Members of a lab that nobody logs in to here: access points and the server, as the others meet them."""

from ipaddress import IPv4Address, IPv4Network

from siteauto.core.models import Link, Role
from siteauto.lab.spec import MemberSpec
from siteauto.lab.state import DeviceState, PortState, RouteState

ACCESS_POINT_SOFTWARE = (
    "Cisco AP Software, ap1g6b-k9w8 Version: 17.12.4.201 \nTechnical Support: http://www.cisco.com/techsupport"
)


def bystander_state(member: MemberSpec, links: tuple[Link, ...], *, powered: bool) -> DeviceState:
    """An access point or a server: one port, one address, a default route to its subnet's first address."""
    is_access_point = member.role == Role.AP
    port = PortState(
        name=_port_of(member.name, links),
        admin_up=True,
        mac=_colons(member.mac) or _made_up_mac(member),
        mode="routed",
        address=member.address,
        lldp=is_access_point,
    )
    gateway = IPv4Address(int(member.address.network.network_address) + 1)
    return DeviceState(
        name=member.name,
        hostname=member.name,
        model=member.model,
        serial=member.serial,
        base_mac=port.mac,
        system_description=ACCESS_POINT_SOFTWARE if is_access_point else member.model,
        ports=(port,),
        vlans=frozenset(),
        vlan_interfaces=(),
        routes=(RouteState(prefix=IPv4Network("0.0.0.0/0"), next_hop=gateway),),
        capabilities=("bridge", "wlan-ap") if is_access_point else ("station",),
        lldp=is_access_point,
        powered=powered,
    )


def _port_of(name: str, links: tuple[Link, ...]) -> str:
    for link in links:
        if link.a == name:
            return link.a_port
        if link.b == name:
            return link.b_port
    return "eth0"


def _colons(mac: str) -> str:
    digits = "".join(character for character in mac.lower() if character in "0123456789abcdef")
    return ":".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def _made_up_mac(member: MemberSpec) -> str:
    return "02:" + ":".join(f"{byte:02x}" for byte in (0, *member.address.ip.packed))
