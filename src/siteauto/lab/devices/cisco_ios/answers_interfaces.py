"""What the box says of its switch ports."""

from siteauto.lab.devices.cisco_ios.answer import SWITCH, Answer, Arguments, first, has, interface
from siteauto.lab.devices.cisco_ios.parameters import short_interface_name
from siteauto.lab.devices.cisco_ios.ports import (
    SPEEDS,
    chosen_ports,
    interface_words,
    is_connected,
    kind_of,
    routed_up,
)
from siteauto.lab.devices.cisco_ios.printing import vlan_list
from siteauto.lab.devices.cisco_ios.view import View
from siteauto.lab.devices.cisco_ios.vlans import vlan_name, vlans_of
from siteauto.lab.state import PortState

CAPTURES = "recording ntc-templates/cisco_ios"

# ── show interfaces status, trunk, description ───────────────────────────────────────────────────────────────────────


def status(view: View, arguments: Arguments) -> str:
    """`show interfaces status`."""
    rows = ["", "Port      Name               Status       Vlan       Duplex  Speed Type"]
    return "\n".join(rows + [_status_row(view, port) for port in chosen_ports(view, arguments)])


def _status_row(view: View, port: PortState) -> str:
    up = is_connected(view, port)
    speed, media, _ = SPEEDS[kind_of(port)]
    ten = speed == "10G"
    vlan = {"trunk": "trunk", "routed": "routed"}.get(port.mode, str(port.access_vlan))
    state = "connected" if up else "notconnect" if port.admin_up else "disabled"
    duplex = "full" if ten else "a-full" if up else "auto"
    shown = speed if up or ten else "auto"
    plugged = media if not ten or up or port.description else "unknown"
    name = short_interface_name(port.name)
    return f"{name:<10}{port.description[:18]:<18} {state:<12} {vlan:<10} {duplex:>6} {shown:>6} {plugged}"


def trunk(view: View, _: Arguments) -> str:
    """`show interfaces trunk`: the trunks with link, and nothing at all where there is none."""
    trunks = [port for port in view.state.ports if port.mode == "trunk" and is_connected(view, port)]
    if not trunks:
        return ""
    names = {port.name: f"{short_interface_name(port.name):<12}" for port in trunks}
    known = vlans_of(view)
    allowed = [f"{names[port.name]}{vlan_list(port.allowed)}" for port in trunks]
    active = [f"{names[port.name]}{vlan_list(port.allowed & known)}" for port in trunks]
    return "\n".join(
        (
            "",
            "Port        Mode             Encapsulation  Status        Native vlan",
            *(f"{names[port.name]}{'on':<17}{'802.1q':<15}{'trunking':<14}{port.native_vlan}" for port in trunks),
            "",
            "Port        Vlans allowed on trunk",
            *allowed,
            "",
            "Port        Vlans allowed and active in management domain",
            *active,
            "",
            "Port        Vlans in spanning tree forwarding state and not pruned",
            *active,
        )
    )


def description(view: View, _: Arguments) -> str:
    """`show interfaces description`."""
    rows = ["Interface                      Status         Protocol Description"]
    for one in view.state.vlan_interfaces:
        text = first(interface(view, one.name), "description") or ""
        rows.append(_description_row(f"Vl{one.vlan_id}", interface_words(one.admin_up, up=routed_up(view, one)), text))
    for port in view.state.ports:
        words = interface_words(port.admin_up, up=is_connected(view, port))
        rows.append(_description_row(short_interface_name(port.name), words, port.description))
    return "\n".join(rows)


def _description_row(name: str, words: tuple[str, str], text: str) -> str:
    return f"{name:<31}{words[0]:<15}{words[1]:<9}{text}".rstrip()


# ── show interfaces switchport ───────────────────────────────────────────────────────────────────────────────────────


_NO_PRIVATE_VLANS = (
    "Administrative private-vlan host-association: none",
    "Administrative private-vlan mapping: none",
    "Administrative private-vlan trunk native VLAN: none",
    "Administrative private-vlan trunk Native VLAN tagging: enabled",
    "Administrative private-vlan trunk encapsulation: dot1q",
    "Administrative private-vlan trunk normal VLANs: none",
    "Administrative private-vlan trunk associations: none",
    "Administrative private-vlan trunk mappings: none",
    "Operational private-vlan: none",
)
_NEVER_CHANGED = (
    "Pruning VLANs Enabled: 2-1001",
    "Capture Mode Disabled",
    "Capture VLANs Allowed: ALL",
    "",
    "Protected: false",
    "Unknown unicast blocked: disabled",
    "Unknown multicast blocked: disabled",
    "Vepa Enabled: false",
    "App Interface: false",
    "Appliance trust: none",
)


def switchport(view: View, arguments: Arguments) -> str:
    """`show interfaces switchport`, of all ports or of one."""
    return "\n\n".join(_switchport(view, port) for port in chosen_ports(view, arguments) if port.mode != "routed")


def _switchport(view: View, port: PortState) -> str:
    up = is_connected(view, port)
    mode = "trunk" if port.mode == "trunk" else "static access"
    encapsulation = ("dot1q" if port.mode == "trunk" else "native",) if up else ()
    voice = _vlan_words(view, port.voice_vlan) if port.voice_vlan else "none"
    enabled = "ALL" if len(port.allowed) >= 4094 else vlan_list(port.allowed)
    negotiates = not (port.mode == "access" or has(interface(view, port.name), "switchport nonegotiate"))
    return "\n".join(
        (
            f"Name: {short_interface_name(port.name)}",
            "Switchport: Enabled",
            f"Administrative Mode: {mode}",
            f"Operational Mode: {mode if up else 'down'}",
            "Administrative Trunking Encapsulation: dot1q",
            *(f"Operational Trunking Encapsulation: {one}" for one in encapsulation),
            f"Negotiation of Trunking: {'On' if negotiates else 'Off'}",
            f"Access Mode VLAN: {_vlan_words(view, port.access_vlan)}",
            f"Trunking Native Mode VLAN: {_vlan_words(view, port.native_vlan)}",
            "Administrative Native VLAN tagging: disabled",
            f"Voice VLAN: {voice}",
            *_NO_PRIVATE_VLANS,
            f"Trunking VLANs Enabled: {enabled}",
            *_NEVER_CHANGED,
        )
    )


def _vlan_words(view: View, vlan: int) -> str:
    return f"{vlan} ({vlan_name(view, vlan) if vlan in vlans_of(view) else 'Inactive'})"


ANSWERS = (
    Answer(
        commands=("show interfaces status", "show interfaces <interface> status"),
        text=status,
        source=f"{CAPTURES}/show_interfaces_status/cisco_ios_show_interfaces_status.raw",
    ),
    Answer(
        commands=("show interfaces trunk",),
        text=trunk,
        source="manual genieparser ShowInterfacesTrunk golden output; no recording among the captures",
    ),
    Answer(
        commands=("show interfaces description",),
        text=description,
        source=f"{CAPTURES}/show_interfaces_description/cisco_ios_show_interfaces_description.raw",
    ),
    Answer(
        commands=("show interfaces switchport", "show interfaces <interface> switchport"),
        text=switchport,
        source=f"{CAPTURES}/show_interfaces_switchport/cisco_ios_show_interfaces_switchport_app_interfaces.raw",
        roles=SWITCH,
    ),
)
