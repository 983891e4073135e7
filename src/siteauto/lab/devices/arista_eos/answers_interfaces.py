"""What the box says of its ports and interfaces."""

from siteauto.lab.devices.arista_eos.answer import Answer, Arguments, Data
from siteauto.lab.devices.arista_eos.parameters import short_interface_name
from siteauto.lab.devices.arista_eos.view import View
from siteauto.lab.state import PortState, VlanInterfaceState

MTU = 1500
PORT_MTU = 9214
GIGABIT = 1_000_000_000


def status(view: View, _: Arguments) -> str:
    """`show interfaces status`."""
    head = "Port       Name                   Status       Vlan     Duplex Speed  Type         Flags Encapsulation\n"
    rows = (
        f"{short_interface_name(port.name):<10} {port.description[:22]:<22} {_link(view, port):<12} "
        f"{vlan_of(port):<8} {_speed(view, port)}\n"
        for port in view.state.ports
    )
    return head + "".join(rows) + f"{'Ma1':<10} {'':<22} {'disabled':<12} {'routed':<8} auto   auto   10/100/1000\n"


def vlan_of(port: PortState) -> str:
    """The column Vlan: a port for a phone and a PC is a trunk like others here."""
    if port.mode == "routed":
        return "routed"
    return "trunk" if port.mode == "trunk" or port.voice_vlan is not None else str(port.access_vlan)


def _link(view: View, port: PortState) -> str:
    if not port.admin_up:
        return "disabled"
    return "connected" if view.up(port.name) else "notconnect"


def _speed(view: View, port: PortState) -> str:
    copper = port.name in view.hardware.poe
    kind = "2.5GBASE-T" if copper else "Not Present"
    if not view.up(port.name):
        return f"auto   auto   {kind}" if copper else f"full   25G    {kind}"
    return f"a-full a-1G   {kind}" if copper else "full   10G    10GBASE-SR"


def description(view: View, _: Arguments) -> str:
    """`show interfaces description`."""
    rows = [
        f"{short_interface_name(port.name):<30} {_admin(port):<14} {'up' if view.up(port.name) else 'down':<18} "
        f"{port.description}".rstrip()
        for port in view.state.ports
    ]
    return "\n".join(("Interface                      Status         Protocol           Description", *rows, ""))


def _admin(port: PortState) -> str:
    return "up" if port.admin_up else "admin down"


def interfaces_data(view: View, _: Arguments) -> Data:
    """`show interfaces | json`."""
    ports = {port.name: _port_data(view, port) for port in view.state.ports}
    virtual = {one.name: _vlan_data(view, one) for one in view.state.vlan_interfaces}
    return {"interfaces": {**ports, "Management1": _management_data(view), **virtual}}


def _port_data(view: View, port: PortState) -> Data:
    up = view.up(port.name)
    return {
        "name": port.name,
        "forwardingModel": "routed" if port.mode == "routed" else "bridged",
        "lineProtocolStatus": "up" if up else "down",
        "interfaceStatus": _link(view, port),
        "hardware": "ethernet",
        "interfaceAddress": [],
        "physicalAddress": port.mac,
        "burnedInAddress": port.mac,
        "description": port.description,
        "bandwidth": GIGABIT if up else 0,
        "mtu": PORT_MTU,
        "duplex": "duplexFull" if up else "duplexUnknown",
        "autoNegotiate": "on",
        "lastStatusChangeTimestamp": view.booted.timestamp(),
    }


def _vlan_data(view: View, one: VlanInterfaceState) -> Data:
    up = _vlan_up(view, one)
    address = (
        {"primaryIp": {"address": str(one.address.ip), "maskLen": one.address.network.prefixlen}} if one.address else {}
    )
    return {
        "name": one.name,
        "forwardingModel": "routed",
        "lineProtocolStatus": "up" if up else "lowerLayerDown" if one.admin_up else "down",
        "interfaceStatus": "connected" if up else "notconnect" if one.admin_up else "disabled",
        "hardware": "vlan",
        "interfaceAddress": [address] if address else [],
        "physicalAddress": view.base_mac,
        "burnedInAddress": view.base_mac,
        "description": "",
        "bandwidth": 0,
        "mtu": MTU,
        "lastStatusChangeTimestamp": view.booted.timestamp(),
    }


def _management_data(view: View) -> Data:
    return {
        "name": "Management1",
        "forwardingModel": "routed",
        "lineProtocolStatus": "down",
        "interfaceStatus": "disabled",
        "hardware": "ethernet",
        "interfaceAddress": [],
        "physicalAddress": view.base_mac,
        "burnedInAddress": view.base_mac,
        "description": "",
        "bandwidth": 0,
        "mtu": MTU,
        "lastStatusChangeTimestamp": view.booted.timestamp(),
    }


def _vlan_up(view: View, one: VlanInterfaceState) -> bool:
    """A VLAN interface is up while a working port carries its VLAN."""
    carried = any(_carries(port, one.vlan_id) and view.up(port.name) for port in view.state.ports)
    return one.admin_up and one.vlan_id in view.state.vlans and carried


def _carries(port: PortState, vlan: int) -> bool:
    if port.mode == "trunk":
        return vlan in port.allowed
    return port.mode == "access" and vlan in (port.access_vlan, port.voice_vlan)


def addresses(view: View, _: Arguments) -> str:
    """`show ip interface brief`."""
    rows = [
        f"{one.name:<22} {one.address or 'unassigned'!s:<18} {_words(view, one):<25} {MTU:>8}"
        for one in view.state.vlan_interfaces
    ]
    head = "Interface              IP Address         Status     Protocol           MTU"
    return "\n".join((head, f"{'Management1':<22} {'unassigned':<18} {'admin down down':<25} {MTU:>8}", *rows, ""))


def _words(view: View, one: VlanInterfaceState) -> str:
    if not one.admin_up:
        return "admin down down"
    return "up         up" if _vlan_up(view, one) else "down       lowerlayerdown"


def addresses_data(view: View, _: Arguments) -> Data:
    """`show ip interface | json`."""
    return {
        "interfaces": {
            one.name: {
                "name": one.name,
                "interfaceAddress": {
                    "primaryIp": {"address": str(one.address.ip), "maskLen": one.address.network.prefixlen},
                    "secondaryIps": {},
                    "secondaryIpsOrderedList": [],
                    "virtualIp": {"address": "0.0.0.0", "maskLen": 0},  # noqa: S104 - the box's word for none
                    "broadcastAddress": "255.255.255.255",
                },
                "lineProtocolStatus": "up" if _vlan_up(view, one) else "down",
                "mtu": MTU,
            }
            for one in view.state.vlan_interfaces
            if one.address is not None
        }
    }


def interfaces(view: View, _: Arguments) -> str:
    """`show interfaces`, the lines that say whether they are up and what they are."""
    return "".join(
        f"{port.name} is {_up_or_down(view, port)}, line protocol is {'up' if view.up(port.name) else 'down'}\n"
        f"  Hardware is Ethernet, address is {port.mac.replace(':', '')}\n"
        for port in view.state.ports
    )


def _up_or_down(view: View, port: PortState) -> str:
    return "up" if view.up(port.name) else "down" if port.admin_up else "administratively down"


NTC = "recording ntc-templates/arista_eos"
NAPALM = "recording napalm/eos/mocked_data"

ANSWERS = (
    Answer(
        commands=("show interfaces status",),
        text=status,
        source=f"{NTC}/show_interfaces_status/arista_eos_show_interfaces_status_encap.raw",
    ),
    Answer(
        commands=("show interfaces description",),
        text=description,
        source=f"{NTC}/show_interfaces_description/arista_eos_show_interfaces_description.raw",
    ),
    Answer(
        commands=("show interfaces",),
        text=interfaces,
        data=interfaces_data,
        source=f"{NAPALM}/test_get_facts/normal/show_interfaces.json",
    ),
    Answer(
        commands=("show ip interface brief",),
        text=addresses,
        source=f"{NTC}/show_ip_interface_brief/arista_eos_show_ip_interface_brief.raw",
    ),
    Answer(
        commands=("show ip interface",),
        text=addresses,
        data=addresses_data,
        source=f"{NAPALM}/test_get_interfaces_ip/normal/show_ip_interface.json",
    ),
    Answer(
        commands=("show ipv6 interface",),
        text=lambda view, _: "",  # noqa: ARG005 - it has none
        data=lambda view, _: {"interfaces": {}},  # noqa: ARG005
        source=f"{NAPALM}/test_get_interfaces_ip/normal/show_ipv6_interface.json",
    ),
)
