"""The ports of the box as its answers need them."""

from siteauto.lab.devices.cisco_ios.answer import Arguments
from siteauto.lab.devices.cisco_ios.view import View
from siteauto.lab.state import PortState, VlanInterfaceState

SPEEDS = {
    "GigabitEthernet": ("a-1000", "10/100/1000BaseTX", "1000000"),
    "TwoGigabitEthernet": ("a-2500", "10/100/1000/2.5GBaseTX", "2500000"),
    "TenGigabitEthernet": ("10G", "SFP-10GBase-SR", "10000000"),
}


def is_connected(view: View, port: PortState) -> bool:
    """Whether the port has link."""
    return port.admin_up and view.world.link_up(view.name, port.name)


def routed_up(view: View, one: VlanInterfaceState) -> bool:
    """A VLAN interface is up when it is not shut and some port with link carries its VLAN."""
    return one.admin_up and any(is_connected(view, port) and one.vlan_id in _carried(port) for port in view.state.ports)


def _carried(port: PortState) -> frozenset[int]:
    if port.mode == "trunk":
        return port.allowed | {port.native_vlan}
    voice = {port.voice_vlan} if port.voice_vlan is not None else set()
    return frozenset({port.access_vlan} | voice if port.mode == "access" else ())


def kind_of(port: PortState) -> str:
    """The port's name without its number."""
    return port.name.rstrip("0123456789/")


def chosen_ports(view: View, arguments: Arguments) -> tuple[PortState, ...]:
    """The port that the command names, or all."""
    return tuple(port for port in view.state.ports if not arguments or port.name == arguments[0])


def interface_words(admin_up: bool, *, up: bool) -> tuple[str, str]:  # noqa: FBT001 - the pair reads as it prints
    """Status and protocol: up, down or admin down; up or down."""
    return ("up" if up else "down" if admin_up else "admin down"), ("up" if up else "down")
