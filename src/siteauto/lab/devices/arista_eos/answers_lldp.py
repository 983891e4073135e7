"""What the box says of its neighbours."""

from siteauto.lab.devices.arista_eos.answer import Answer, Arguments, Data
from siteauto.lab.devices.arista_eos.parameters import short_interface_name
from siteauto.lab.devices.arista_eos.view import View, dotted
from siteauto.lab.world_view import LldpNeighbour

TTL = 120
WORDS = {
    "bridge": ("bridge", "Bridge"),
    "router": ("router", "Router"),
    "wlan-ap": ("wlanAccessPoint", "WLAN Access Point"),
    "station": ("stationOnly", "Station Only"),
    "telephone": ("telephone", "Telephone"),
}


def summary(view: View, _: Arguments) -> str:
    """`show lldp neighbors`."""
    found = view.world.neighbours(view.name)
    rows = [
        f"{short_interface_name(one.port):<13} {one.device.hostname:<24} {one.far_port.name:<19} {TTL}" for one in found
    ]
    return "\n".join(
        (
            "Last table change time   : 0:00:42 ago",
            f"Number of table inserts  : {len(found)}",
            "Number of table deletes  : 0",
            "Number of table drops    : 0",
            "Number of table age-outs : 0",
            "",
            "Port          Neighbor Device ID       Neighbor Port ID    TTL",
            "---------- ------------------------ ---------------------- ---",
            *rows,
            "",
            "",
        )
    )


def summary_data(view: View, _: Arguments) -> Data:
    """`show lldp neighbors | json`."""
    neighbours = [
        {"port": one.port, "neighborDevice": one.device.hostname, "neighborPort": one.far_port.name, "ttl": TTL}
        for one in view.world.neighbours(view.name)
    ]
    return {
        "tablesLastChangeTime": view.booted.timestamp(),
        "tablesAgeOuts": 0,
        "tablesInserts": len(neighbours),
        "tablesDeletes": 0,
        "tablesDrops": 0,
        "lldpNeighbors": neighbours,
    }


def detail(view: View, _: Arguments) -> str:
    """`show lldp neighbors detail`."""
    return "".join(_entry(one) for one in view.world.neighbours(view.name))


def _entry(one: LldpNeighbour) -> str:
    named = ", ".join(WORDS[each][1] for each in one.device.capabilities if each in WORDS)
    address = f"    Management Address        : {one.management_address}\n" if one.management_address else ""
    subtype = f"  - Management Address Subtype: IPv4\n{address}" if address else ""
    return (
        f"Interface {one.port} detected 1 LLDP neighbors:\n\n"
        f'  Neighbor {dotted(one.device.base_mac)}/"{one.far_port.name}", age 12 seconds\n'
        "  Discovered 0:01:11 ago; Last changed 0:01:11 ago\n"
        f"  - Chassis ID type: MAC address (4)\n    Chassis ID     : {dotted(one.device.base_mac)}\n"
        f'  - Port ID type: Interface name (5)\n    Port ID     : "{one.far_port.name}"\n'
        f'  - Time To Live: {TTL} seconds\n  - Port Description: "{one.far_port.description}"\n'
        f'  - System Name: "{one.device.hostname}"\n'
        f'  - System Description: "{one.device.system_description}"\n'
        f"  - System Capabilities : {named}\n    Enabled Capabilities: {named}\n{subtype}\n"
    )


def detail_data(view: View, _: Arguments) -> Data:
    """`show lldp neighbors detail | json`."""
    return {
        "lldpNeighbors": {
            one.port: {"lldpNeighborInfo": [_data(view, one)]} for one in view.world.neighbours(view.name)
        }
    }


def _data(view: View, one: LldpNeighbour) -> Data:
    device, port = one.device, one.far_port
    addresses = [{"address": str(one.management_address), "addressType": "ipv4"}] if one.management_address else []
    return {
        "chassisIdType": "macAddress",
        "chassisId": dotted(device.base_mac),
        "systemName": device.hostname,
        "systemDescription": device.system_description,
        "systemCapabilities": {WORDS[each][0]: True for each in device.capabilities if each in WORDS},
        "managementAddresses": addresses,
        "neighborDiscoveryTime": view.booted.timestamp(),
        "lastChangeTime": view.booted.timestamp(),
        "ttl": TTL,
        "neighborInterfaceInfo": {
            "interfaceIdType": "interfaceName",
            "interfaceId": f'"{port.name}"',
            "interfaceDescription": port.description,
        },
    }


ANSWERS = (
    Answer(
        commands=("show lldp neighbors",),
        text=summary,
        data=summary_data,
        source="recording ntc-templates/arista_eos/show_lldp_neighbors/arista_eos_show_lldp_neighbors2.raw",
    ),
    Answer(
        commands=("show lldp neighbors detail",),
        text=detail,
        data=detail_data,
        source="recording napalm/eos/mocked_data/test_get_lldp_neighbors_detail/issue903/"
        "show_lldp_neighbors__detail.json",
    ),
)
