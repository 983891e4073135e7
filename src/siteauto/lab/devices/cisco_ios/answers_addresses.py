"""What the box says of addresses on interfaces, and of each interface at length."""

from siteauto.lab.devices.cisco_ios.answer import Answer, Arguments, first, interface
from siteauto.lab.devices.cisco_ios.ports import SPEEDS, chosen_ports, interface_words, is_connected, kind_of, routed_up
from siteauto.lab.devices.cisco_ios.printing import dotted
from siteauto.lab.devices.cisco_ios.view import View
from siteauto.lab.state import PortState, VlanInterfaceState

CAPTURES = "recording ntc-templates/cisco_ios"


# ── show ip interface ────────────────────────────────────────────────────────────────────────────────────────────────


def ip_brief(view: View, _: Arguments) -> str:
    """`show ip interface brief`."""
    rows = ["Interface              IP-Address      OK? Method Status                Protocol"]
    for one in view.state.vlan_interfaces:
        address = str(one.address.ip) if one.address else "unassigned"
        rows.append(_brief_row(one.name, address, one.admin_up, up=routed_up(view, one)))
    for port in view.state.ports:
        address = str(port.address.ip) if port.address else "unassigned"
        rows.append(_brief_row(port.name, address, port.admin_up, up=is_connected(view, port)))
    return "\n".join(rows)


def _brief_row(name: str, address: str, admin_up: bool, *, up: bool) -> str:  # noqa: FBT001 - a column of the row
    method = "unset" if address == "unassigned" else "NVRAM"
    words = "up" if up else "down" if admin_up else "administratively down"
    return f"{name:<23}{address:<16}YES {method:<7}{words:<22}{'up' if up else 'down':<8}"


def ip_interface(view: View, arguments: Arguments) -> str:
    """`show ip interface`: the routed ones with their address, the others in two lines."""
    wanted = arguments[0] if arguments else ""
    parts = [
        _ip_interface(one.name, interface_words(one.admin_up, up=routed_up(view, one)), str(one.address or ""))
        for one in view.state.vlan_interfaces
        if wanted in ("", one.name)
    ]
    parts += [
        _ip_interface(port.name, interface_words(port.admin_up, up=is_connected(view, port)), str(port.address or ""))
        for port in chosen_ports(view, arguments)
    ]
    return "\n".join(parts)


def _ip_interface(name: str, words: tuple[str, str], address: str) -> str:
    state = words[0].replace("admin", "administratively")
    if not address:
        return f"{name} is {state}, line protocol is {words[1]}\n  Internet protocol processing disabled"
    return "\n".join(
        (
            f"{name} is {state}, line protocol is {words[1]}",
            f"  Internet address is {address}",
            "  Broadcast address is 255.255.255.255",
            "  Address determined by non-volatile memory",
            "  MTU is 1500 bytes",
            "  Helper address is not set",
            "  Directed broadcast forwarding is disabled",
            "  Outgoing access list is not set",
            "  Inbound  access list is not set",
        )
    )


# ── show interfaces ──────────────────────────────────────────────────────────────────────────────────────────────────


def counters(view: View, arguments: Arguments) -> str:
    """`show interfaces`, of all or of one. Nobody counts packets here: the counters are nought."""
    wanted = arguments[0] if arguments else ""
    parts = [_vlan_interface(view, one) for one in view.state.vlan_interfaces if wanted in ("", one.name)]
    return "\n".join(parts + [_port(view, port) for port in chosen_ports(view, arguments)])


def _vlan_interface(view: View, one: VlanInterfaceState) -> str:
    words = interface_words(one.admin_up, up=routed_up(view, one))
    head = f"{one.name} is {words[0].replace('admin', 'administratively')}, line protocol is {words[1]} "
    text = first(interface(view, one.name), "description") or ""
    address = (f"  Internet address is {one.address}",) if one.address else ()
    hardware = f"Ethernet SVI, address is {dotted(view.base_mac)} (bia {dotted(view.base_mac)})"
    return _block(head, hardware, text, (*address, "  MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec, "))


def _port(view: View, port: PortState) -> str:
    up = is_connected(view, port)
    words = interface_words(port.admin_up, up=up)
    note = "connected" if up else "notconnect" if port.admin_up else "disabled"
    head = f"{port.name} is {words[0].replace('admin', 'administratively')}, line protocol is {words[1]} ({note}) "
    _, media, bandwidth = SPEEDS[kind_of(port)]
    hardware = "Ten Gigabit Ethernet" if media.startswith("SFP") else "Gigabit Ethernet"
    mac = dotted(port.mac)
    duplex = (
        "Full-duplex, 10Gb/s"
        if media.startswith("SFP")
        else "Full-duplex, 1000Mb/s"
        if up
        else "Auto-duplex, Auto-speed"
    )
    return _block(
        head,
        f"{hardware}, address is {mac} (bia {mac})",
        port.description,
        (f"  MTU 1500 bytes, BW {bandwidth} Kbit/sec, DLY 10 usec, ",),
        (f"  {duplex}, media type is {media}", "  input flow-control is on, output flow-control is unsupported "),
    )


def _block(head: str, hardware: str, text: str, middle: tuple[str, ...], media: tuple[str, ...] = ()) -> str:
    return "\n".join(
        (
            head,
            f"  Hardware is {hardware}",
            *((f"  Description: {text}",) if text else ()),
            *middle,
            "     reliability 255/255, txload 1/255, rxload 1/255",
            "  Encapsulation ARPA, loopback not set",
            "  Keepalive set (10 sec)",
            *media,
            "  ARP type: ARPA, ARP Timeout 04:00:00",
            "  Last input never, output never, output hang never",
            '  Last clearing of "show interface" counters never',
            "  Input queue: 0/2000/0/0 (size/max/drops/flushes); Total output drops: 0",
            "  Queueing strategy: fifo",
            "  Output queue: 0/40 (size/max)",
            "  5 minute input rate 0 bits/sec, 0 packets/sec",
            "  5 minute output rate 0 bits/sec, 0 packets/sec",
            "     0 packets input, 0 bytes, 0 no buffer",
            "     Received 0 broadcasts (0 multicasts)",
            "     0 runts, 0 giants, 0 throttles ",
            "     0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored",
            "     0 watchdog, 0 multicast, 0 pause input",
            "     0 input packets with dribble condition detected",
            "     0 packets output, 0 bytes, 0 underruns",
            "     0 output errors, 0 collisions, 1 interface resets",
            "     0 unknown protocol drops",
            "     0 babbles, 0 late collision, 0 deferred",
            "     0 lost carrier, 0 no carrier, 0 pause output",
            "     0 output buffer failures, 0 output buffers swapped out",
        )
    )


ANSWERS = (
    Answer(
        commands=("show ip interface brief",),
        text=ip_brief,
        source="recording napalm/ios/mocked_data/test_get_facts/normal/show_ip_interface_brief.txt",
    ),
    Answer(
        commands=("show ip interface", "show ip interface <interface>"),
        text=ip_interface,
        source="recording napalm/ios/mocked_data/test_get_interfaces_ip/no_ipv6_support/show_ip_interface.txt",
    ),
    Answer(
        commands=("show ipv6 interface", "show ipv6 interface brief"),
        text=lambda _view, _arguments: "",
        source="guess: the box prints nothing where no interface has IPv6",
    ),
    Answer(
        commands=("show interfaces", "show interfaces <interface>"),
        text=counters,
        source=f"{CAPTURES}/show_interfaces/cisco_ios_show_interfaces4.raw",
    ),
)
