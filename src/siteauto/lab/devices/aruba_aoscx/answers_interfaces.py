"""What the box says of its ports and VLAN interfaces."""

from siteauto.lab.devices.aruba_aoscx.answer import RECORDED, Answer
from siteauto.lab.devices.aruba_aoscx.box import Box
from siteauto.lab.devices.aruba_aoscx.device_state import ANY_VLAN, lines_in
from siteauto.lab.state import PortState, VlanInterfaceState

ZERO, NOT_COUNTED = 0, "n/a"
RATES = ("Mbits / sec", "KPkts / sec", "  Unicast", "  Multicast", "  Broadcast", "Utilization %")
COUNTERS = (
    "Packets",
    "  Unicast",
    "  Multicast",
    "  Broadcast",
    "Bytes",
    "Jumbos",
    "Dropped",
    "Pause Frames",
    "Errors",
)
RULE = "-" * 105


def ranges(numbers: frozenset[int]) -> str:
    """`10,20-22`: a list of VLANs."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def is_connected(box: Box, port: PortState) -> bool:
    """Whether a cable joins the port to one that is up too."""
    return port.admin_up and box.spec.world.link_up(box.spec.name, port.name)


def reason(box: Box, port: PortState) -> str:
    """Why a port is down."""
    if not port.admin_up:
        return "Administratively down"
    return "No XCVR installed" if port.name in box.hardware.uplinks else "Waiting for link"


def interfaces(box: Box, _: tuple[str, ...]) -> str:
    """`show interface`: ports, then VLAN interfaces."""
    state = box.state()
    return "\n".join((*(_port(box, one) for one in state.ports), *(_vlan_interface(box, one) for one in _svis(box))))


def interface(box: Box, arguments: tuple[str, ...]) -> str:
    """`show interface 1/1/1`."""
    found = [one for one in box.state().ports if one.name == arguments[0]]
    return _port(box, found[0]) if found else f"Interface {arguments[0]} does not exist."


def _svis(box: Box) -> list[VlanInterfaceState]:
    return sorted(box.state().vlan_interfaces, key=lambda one: one.vlan_id)


def _port(box: Box, port: PortState) -> str:
    up = is_connected(box, port)
    return "\n".join(
        (
            f"Interface {port.name} is {'up' if up else 'down'}",
            f" Admin state is {'up' if port.admin_up else 'down'}",
            *(() if up else (f" State information: {reason(box, port)}",)),
            f" Link state: {'up' if up else 'down'} for 14 hours (since {box.booted:%a %b %d %H:%M:%S UTC %Y})",
            f" Link transitions: {1 if up else 0}",
            f" Description: {port.description}",
            " Persona:",
            f" Hardware: Ethernet, MAC Address: {port.mac}",
            " MTU 1500",
            f" Type {_kind(box, port, up=up)}",
            " Full-duplex",
            f" qos trust {'dscp' if box.running.find('qos trust dscp') else 'none'}",
            *_limits(box, port),
            f" Speed {_speed(box, port) if up else 0} Mb/s",
            " Auto-negotiation is on",
            " Flow-control: off",
            " Error-control: off",
            *_vlans(port),
            " Rate collection interval: 300 seconds",
            "",
            *_counters(),
            "",
        )
    )


def _kind(box: Box, port: PortState, *, up: bool) -> str:
    if port.name in box.hardware.uplinks:
        return "10G-SR / 10G SFP+ SR" if up else "--"
    return "1GbT"


def _speed(box: Box, port: PortState) -> int:
    return 10000 if port.name in box.hardware.uplinks else 1000


def _limits(box: Box, port: PortState) -> list[str]:
    lines = lines_in(box.running.find(f"interface {port.name}"))
    limits = sorted(line.split() for line in lines if line.startswith("rate-limit "))
    return [f" rate-limit {kind} {rate} {unit} ({rate} {unit} actual)" for _, kind, rate, unit in limits]


def _vlans(port: PortState) -> tuple[str, ...]:
    if port.mode == "routed":
        return ()
    if port.mode == "access":
        return (" VLAN Mode: access", f" Access VLAN: {port.access_vlan}")
    allowed = "all" if port.allowed == ANY_VLAN else ranges(port.allowed)
    return (" VLAN Mode: native-untagged", f" Native VLAN: {port.native_vlan}", f" Allowed VLAN List: {allowed}")


def _counters() -> list[str]:
    rule = f" {'-' * 16} {'-' * 20} {'-' * 20} {'-' * 20}"
    rows = [f" {'Rate':<16} {'RX':>20} {'TX':>20} {'Total (RX+TX)':>20}", rule]
    rows += [f" {name:<16} {'0.00':>20} {'0.00':>20} {'0.00':>20}" for name in RATES]
    rows += ["", f" {'Statistic':<16} {'RX':>20} {'TX':>20} {'Total':>20}", rule]
    rows += [f" {name:<16} {ZERO:>20} {ZERO:>20} {ZERO:>20}" for name in COUNTERS]
    rows += [f" {'  CRC/FCS':<16} {ZERO:>20} {NOT_COUNTED:>20} {ZERO:>20}"]
    rows += [f" {'  Collision':<16} {NOT_COUNTED:>20} {ZERO:>20} {ZERO:>20}"]
    return rows + [f" {name:<16} {ZERO:>20} {NOT_COUNTED:>20} {ZERO:>20}" for name in ("  Runts", "  Giants")]


def _vlan_interface(box: Box, one: VlanInterfaceState) -> str:
    lines = lines_in(box.running.find(f"interface vlan {one.vlan_id}"))
    description = next((line.partition(" ")[2] for line in lines if line.startswith("description ")), "")
    address = (f" IPv4 address {one.address}",) if one.address else ()
    return "\n".join(
        (
            f"Interface {one.name} is {'up' if is_vlan_up(box, one) else 'down'}",
            f" Admin state is {'up' if one.admin_up else 'down'}",
            f" Description: {description}",
            f" Hardware: Ethernet, MAC Address: {box.spec.base_mac}",
            *address,
            " L3 Counters: Rx Disabled, Tx Disabled",
            "",
        )
    )


def is_vlan_up(box: Box, one: VlanInterfaceState) -> bool:
    """A VLAN interface is up while some port that carries its VLAN is."""
    return one.admin_up and any(carries(port, one.vlan_id) and is_connected(box, port) for port in box.state().ports)


def carries(port: PortState, vlan: int) -> bool:
    """Whether frames of the VLAN go through this port."""
    if port.mode == "trunk":
        return vlan in port.allowed
    return port.mode == "access" and port.access_vlan == vlan


def brief(box: Box, _: tuple[str, ...]) -> str:
    """`show interface brief`."""
    names = (("Port", 15), ("Native", 8), ("Mode", 7), ("Type", 15), ("Enabled", 8), ("Status", 7), ("Reason", 24))
    head = "".join(f"{name:<{width}}" for name, width in names) + f"{'Speed':<8}Description"
    rows = [_brief_row(box, port) for port in box.state().ports]
    rows += [
        f"{one.name:<15}{'--':<8}{'--':<7}{'--':<15}{_yes(one.admin_up):<8}"
        f"{'up' if is_vlan_up(box, one) else 'down':<7}{'':<24}{'--':<8}--"
        for one in _svis(box)
    ]
    return "\n".join((RULE, head, f"{'':<15}{'VLAN':<69}(Mb/s)", RULE, *rows))


def _brief_row(box: Box, port: PortState) -> str:
    up = is_connected(box, port)
    vlan = port.native_vlan if port.mode == "trunk" else port.access_vlan
    return (
        f"{port.name:<15}{'--' if port.mode == 'routed' else vlan:<8}{port.mode:<7}"
        f"{_kind(box, port, up=up).split(' / ')[0]:<15}{_yes(port.admin_up):<8}{'up' if up else 'down':<7}"
        f"{'' if up else reason(box, port):<24}{_speed(box, port) if up else '--':<8}{port.description or '--'}"
    )


def _yes(flag: bool) -> str:  # noqa: FBT001 - a word for a column
    return "yes" if flag else "no"


ANSWERS = (
    Answer(
        commands=("show interface",),
        text=interfaces,
        source=f"{RECORDED}/show_interface/show_interface5.raw; `Administratively down` is a guess",
    ),
    Answer(
        commands=("show interface <port>",), text=interface, source=f"{RECORDED}/show_interface/show_interface5.raw"
    ),
    Answer(commands=("show interface brief",), text=brief, source="manual a row of 10.18.1002; no recording"),
)
