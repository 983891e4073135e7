"""What the box says of VLANs, of addresses that it learned and of DHCP snooping."""

from siteauto.lab.devices.cisco_ios.answer import SWITCH, Answer, Arguments, first, has
from siteauto.lab.devices.cisco_ios.parameters import short_interface_name
from siteauto.lab.devices.cisco_ios.ports import is_connected
from siteauto.lab.devices.cisco_ios.printing import dotted, wrap
from siteauto.lab.devices.cisco_ios.view import View
from siteauto.lab.devices.cisco_ios.vlans import OWN_NAMES, vlan_name, vlan_status, vlans_of

CAPTURES = "recording ntc-templates/cisco_ios"
PORTS_WIDTH = 31
HEADING = (
    "VLAN Name                             Status    Ports",
    "---- -------------------------------- --------- -------------------------------",
)
TYPES = (
    "VLAN Type  SAID       MTU   Parent RingNo BridgeNo Stp  BrdgMode Trans1 Trans2",
    "---- ----- ---------- ----- ------ ------ -------- ---- -------- ------ ------",
)
PRIVATE = (
    "Primary Secondary Type              Ports",
    "------- --------- ----------------- ------------------------------------------",
)
RING_TYPES = {
    1002: "fddi  101002     1500  -      -      -        -    -        0      0   ",
    1003: "tr    101003     1500  -      -      -        -    srb      0      0   ",
    1004: "fdnet 101004     1500  -      -      -        ieee -        0      0   ",
    1005: "trnet 101005     1500  -      -      -        ibm  -        0      0   ",
}


def vlan_brief(view: View, _: Arguments) -> str:
    """`show vlan brief`."""
    return "\n".join(("", *HEADING, *(row for vlan in _all_vlans(view) for row in _vlan_rows(view, vlan))))


def vlan_full(view: View, _: Arguments) -> str:
    """`show vlan`."""
    types = [f"{vlan:<5}{RING_TYPES.get(vlan) or _ethernet(vlan)}" for vlan in _all_vlans(view)]
    return "\n".join(
        (
            vlan_brief(view, ()),
            "",
            *TYPES,
            *types,
            "",
            "Remote SPAN VLANs",
            "-" * 78,
            "",
            "",
            *PRIVATE,
        )
    )


def vlan_by_id(view: View, arguments: Arguments) -> str:
    """`show vlan id N`: unlike the others it lists trunks too."""
    vlan = int(arguments[0])
    if vlan not in vlans_of(view):
        return f"VLAN id {vlan} not found in current VLAN database"
    return "\n".join(
        (
            "",
            *HEADING,
            *_vlan_rows(view, vlan, trunks=True),
            "",
            *TYPES,
            f"{vlan:<5}{_ethernet(vlan)}",
            "",
            "Remote SPAN VLAN",
            "----------------",
            "Disabled",
            "",
            *PRIVATE,
        )
    )


def _all_vlans(view: View) -> list[int]:
    return sorted(vlans_of(view) | set(OWN_NAMES))


def _vlan_rows(view: View, vlan: int, *, trunks: bool = False) -> list[str]:
    members = [
        short_interface_name(port.name)
        for port in view.state.ports
        if (port.mode == "access" and vlan in (port.access_vlan, port.voice_vlan))
        or (trunks and port.mode == "trunk" and vlan in port.allowed and is_connected(view, port))
    ]
    head, *rest = wrap(members, PORTS_WIDTH)
    return [
        f"{vlan:<5}{vlan_name(view, vlan):<33}{vlan_status(view, vlan):<10}{head}",
        *(" " * 48 + row for row in rest),
    ]


def _ethernet(vlan: int) -> str:
    return f"enet  {100000 + vlan:<11}1500  -      -      -        -    -        0      0   "


def mac_table(view: View, _: Arguments) -> str:
    """`show mac address-table`: what the neighbours' own frames taught it, and its own addresses."""
    rows = [(" All", address, "STATIC", "CPU") for address in ("0100.0ccc.cccc", "0100.0ccc.cccd", "ffff.ffff.ffff")]
    ports = {port.name: port for port in view.state.ports}
    for neighbour in view.world.neighbours(view.name):
        port = ports[neighbour.port]
        vlan = port.native_vlan if port.mode == "trunk" else port.access_vlan
        rows.append((f"{vlan:>4}", dotted(neighbour.far_port.mac), "DYNAMIC", short_interface_name(port.name)))
    return "\n".join(
        (
            "          Mac Address Table",
            "-------------------------------------------",
            "",
            "Vlan    Mac Address       Type        Ports",
            "----    -----------       --------    -----",
            *(f"{vlan}    {address}    {kind:<8}    {port}" for vlan, address, kind, port in rows),
            f"Total Mac Addresses for this criterion: {len(rows)}",
        )
    )


def dhcp_snooping(view: View, _: Arguments) -> str:
    """`show ip dhcp snooping`."""
    children = view.running.children
    enabled = has(children, "ip dhcp snooping")
    vlans = first(children, "ip dhcp snooping vlan") or "none"
    option = "disabled" if has(children, "no ip dhcp snooping information option") else "enabled"
    trusted = [
        f"{port.name:<23}    {'yes' if trust else 'no':<7}    {'yes' if trust else 'no':<12}    {rate or 'unlimited'}"
        for port in view.state.ports
        if (trust := _says(view, port.name, "ip dhcp snooping trust") is not None)
        | bool(rate := _says(view, port.name, "ip dhcp snooping limit rate"))
    ]
    return "\n".join(
        (
            f"Switch DHCP snooping is {'enabled' if enabled else 'disabled'}",
            "Switch DHCP gleaning is disabled",
            "DHCP snooping is configured on following VLANs:",
            vlans,
            "DHCP snooping is operational on following VLANs:",
            vlans if enabled else "none",
            "DHCP snooping is configured on the following L3 Interfaces:",
            "",
            f"Insertion of option 82 is {option}",
            "   circuit-id default format: vlan-mod-port",
            f"   remote-id: {dotted(view.base_mac)} (MAC)",
            "Option 82 on untrusted port is not allowed",
            "Verification of hwaddr field is enabled",
            "Verification of giaddr field is enabled",
            "DHCP snooping trust/rate is configured on the following Interfaces:",
            "",
            "Interface                  Trusted    Allow option    Rate limit (pps)",
            "-----------------------    -------    ------------    ----------------",
            *trusted,
        )
    )


def _says(view: View, port: str, start: str) -> str | None:
    node = view.running.find(f"interface {port}")
    return first(node.children, start) if node else None


ANSWERS = (
    Answer(commands=("show vlan brief",), text=vlan_brief, source=f"{CAPTURES}/show_vlan/cisco_ios_show_vlan.raw"),
    Answer(commands=("show vlan",), text=vlan_full, source=f"{CAPTURES}/show_vlan/cisco_ios_show_vlan.raw"),
    Answer(
        commands=("show vlan id <1-4094>",),
        text=vlan_by_id,
        source="recording napalm/ios/mocked_data/test_get_vlans/no_show_vlan_all_ports/show_vlan_id_1.txt",
    ),
    Answer(
        commands=("show mac address-table",),
        text=mac_table,
        source=f"{CAPTURES}/show_mac-address-table/cisco_ios_show_mac-address-table6.raw",
        roles=SWITCH,
    ),
    Answer(
        commands=("show ip dhcp snooping",),
        text=dhcp_snooping,
        source="manual genieparser ShowIpDhcpSnooping golden output; no recording among the captures",
        roles=SWITCH,
    ),
)
