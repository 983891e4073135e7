"""What the box says of its neighbours."""

from siteauto.lab.devices.cisco_ios.answer import Answer, Arguments
from siteauto.lab.devices.cisco_ios.parameters import short_interface_name
from siteauto.lab.devices.cisco_ios.printing import dotted
from siteauto.lab.devices.cisco_ios.view import View
from siteauto.lab.world_view import LldpNeighbour

LETTERS = {"bridge": "B", "router": "R", "telephone": "T", "wlan-ap": "W", "station": "S", "repeater": "P"}
NOT_ENABLED = "% LLDP is not enabled"
HOLD_TIME = 120
DEVICE_ID_WIDTH = 20  # a longer name runs into the next column, with the box as with us


def summary(view: View, _: Arguments) -> str:
    """`show lldp neighbors`."""
    if not view.state.lldp:
        return NOT_ENABLED
    found = view.world.neighbours(view.name)
    return "\n".join(
        (
            "Capability codes:",
            "    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device",
            "    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other",
            "",
            "Device ID           Local Intf     Hold-time  Capability      Port ID",
            *(_row(one) for one in found),
            "",
            f"Total entries displayed: {len(found)}",
            "",
        )
    )


def _row(one: LldpNeighbour) -> str:
    name = one.device.hostname[:DEVICE_ID_WIDTH]
    local, far = short_interface_name(one.port), short_interface_name(one.far_port.name)
    return f"{name:<20}{local:<15}{HOLD_TIME:<11}{_capabilities(one):<16}{far}"


def _capabilities(one: LldpNeighbour) -> str:
    return ",".join(LETTERS.get(each, "O") for each in one.device.capabilities)


def detail(view: View, arguments: Arguments) -> str:
    """`show lldp neighbors detail`, of all ports or of one."""
    if not view.state.lldp:
        return NOT_ENABLED
    found = [one for one in view.world.neighbours(view.name) if not arguments or one.port == arguments[0]]
    return "\n".join((*(_entry(one) for one in found), "", f"Total entries displayed: {len(found)}"))


def _entry(one: LldpNeighbour) -> str:
    port, device = one.far_port, one.device
    addresses = (f"    IP: {one.management_address}",) if one.management_address else ()
    vlan = "Vlan ID: - not advertised" if port.mode == "routed" else f"Vlan ID: {port.native_vlan}"
    return "\n".join(
        (
            "------------------------------------------------",
            f"Local Intf: {short_interface_name(one.port)}",
            f"Chassis id: {dotted(device.base_mac)}",
            f"Port id: {short_interface_name(port.name)}",
            f"Port Description: {port.description or port.name}",
            f"System Name: {device.hostname}",
            "",
            "System Description: ",
            device.system_description,
            "",
            "Time remaining: 97 seconds",
            f"System Capabilities: {_capabilities(one)}",
            f"Enabled Capabilities: {_capabilities(one)}",
            "Management Addresses:" if addresses else "Management Addresses - not advertised",
            *addresses,
            "Auto Negotiation - supported, enabled",
            "Physical media capabilities:",
            "    1000baseT(FD)",
            "Media Attachment Unit type: 30",
            vlan,
            f"Peer Source MAC: {dotted(port.mac)}",
            "",
        )
    )


RECORDING = "recording ntc-templates/cisco_ios"

ANSWERS = (
    Answer(
        commands=("show lldp neighbors",),
        text=summary,
        source=f"{RECORDING}/show_lldp_neighbors/cisco_ios_show_lldp_neighbors.raw",
    ),
    Answer(
        commands=("show lldp neighbors detail", "show lldp neighbors <interface> detail"),
        text=detail,
        source=f"{RECORDING}/show_lldp_neighbors_detail/cisco_ios_show_lldp_neighbors_detail_02.raw",
    ),
)
