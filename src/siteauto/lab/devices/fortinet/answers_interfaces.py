"""What `get` and `diagnose` print of interfaces and of the neighbours behind them."""

from collections.abc import Callable, Iterator

from siteauto.lab.devices.fortinet import state
from siteauto.lab.devices.fortinet.box import Box
from siteauto.lab.world_view import LldpNeighbour

Answer = Callable[[Box, list[str]], Iterator[str]]
_FIRST_INDEX = 3  # lower numbers are the kernel's own interfaces
_CAPABILITY_BITS = {"bridge": 0x04, "wlan-ap": 0x08, "router": 0x10, "telephone": 0x20, "station": 0x80}


def link_is_up(box: Box, name: str) -> bool:
    """Whether an interface carries: its port is cabled to one that is up, and it is not shut."""
    interfaces = box.running.rows("system.interface")
    switch = box.running.rows("system.virtual-switch").get(name)
    if switch is not None:
        return any(box.world.link_up(box.spec.name, port) for port in switch.rows("port"))
    node = interfaces.get(name)
    if node is None or node.word("status") != "up":
        return False
    return link_is_up(box, node.word("interface")) if node.word("interface") else box.world.link_up(box.spec.name, name)


def _interfaces(box: Box, _: list[str]) -> Iterator[str]:
    for name, node in box.running.rows("system.interface").items():
        words = [f"name: {name}"]
        words += [f"mode: {node.word('mode')}", f"ip: {' '.join(node.get('ip'))}", f"status: {node.word('status')}"]
        words += ["netbios-forward: disable", f"type: {node.word('type')}"]
        words += ["netflow-sampler: disable", "sflow-sampler: disable", f"src-check: {node.word('src-check')}"]
        words += ["explicit-web-proxy: disable", "explicit-ftp-proxy: disable", "proxy-captive-portal: disable"]
        yield f"== [ {name} ]"
        yield " ".join([*words, f"mtu-override: {node.word('mtu-override')}", "wccp: disable"])


def _physical(box: Box, _: list[str]) -> Iterator[str]:
    interfaces = box.running.rows("system.interface")
    names = [port for port in box.running.ports if port in interfaces] + list(box.running.rows("system.virtual-switch"))
    yield "== [onboard]"
    for name in sorted(names):
        node, up = interfaces[name], link_is_up(box, name)
        yield f"\t==[{name}]"
        yield f"\t\tmode: {node.word('mode')}"
        yield f"\t\tip: {' '.join(node.get('ip'))}"
        yield "\t\tipv6: ::/0"
        yield f"\t\tstatus: {'up' if up else 'down'}"
        yield f"\t\tspeed: {'1000Mbps (Duplex: full)' if up else 'n/a'}"
        yield "\t\tFEC: none"
        yield "\t\tFEC_cap: none"


def _netlink(box: Box, words: list[str]) -> Iterator[str]:
    switches = box.running.rows("system.virtual-switch").items()
    switched = {port: name for name, node in switches for port in node.rows("port")}
    ports = box.running.ports
    names = [*ports, *(name for name in box.running.rows("system.interface") if name not in ports)]
    for name in words or names:
        yield from _netlink_entry(box, name, master=switched.get(name, ""))


def _netlink_entry(box: Box, name: str, *, master: str) -> Iterator[str]:
    node = box.running.rows("system.interface").get(name)
    parent = node.word("interface") if node is not None else ""
    is_up = node.word("status") == "up" if node is not None else bool(master)
    carries = box.world.link_up(box.spec.name, name) if master else link_is_up(box, name)
    flags = ["up"] * is_up + ["broadcast"] + ["run"] * carries + ["multicast"]
    number, link, above = _index(box, name), _index(box, parent), _index(box, master)
    yield f"if={name} family=00 type=1 index={number} mtu=1500 link={link} master={above}"
    yield f"ref=20 state={'start' if is_up else 'stop'} present fw_flags=0 flags={' '.join(flags)}"
    yield f"Qdisc=mq hw_addr={_mac(box, parent or name)} broadcast_addr=ff:ff:ff:ff:ff:ff"
    yield "stat: rxp=0 txp=0 rxb=0 txb=0 rxe=0 txe=0 rxd=0 txd=0 mc=0 collision=0 @ time=0"
    yield "re: rxl=0 rxo=0 rxc=0 rxf=0 rxfi=0 rxm=0"
    yield "te: txa=0 txc=0 txfi=0 txh=0 txw=0"
    yield "misc rxc=0 txc=0"
    yield "input_type=0 state=3 arp_entry=0 refcnt=20"
    yield ""


def _index(box: Box, name: str) -> int:
    names = [*box.running.ports, *box.running.rows("system.virtual-switch"), *box.running.rows("system.interface")]
    return names.index(name) + _FIRST_INDEX if name in names else 0


def _mac(box: Box, port: str) -> str:
    ports = box.running.ports
    return state.port_mac(box.spec.base_mac, ports.index(port) if port in ports else len(ports))


# ── LLDP ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _neighbours(box: Box) -> list[LldpNeighbour]:
    interfaces = box.running.rows("system.interface")
    return [
        seen
        for seen in box.world.neighbours(box.spec.name)
        if seen.port in interfaces and state.lldp_on(box.running, interfaces[seen.port], "reception")
    ]


def _lldp_summary(box: Box, _: list[str]) -> Iterator[str]:
    for number, seen in enumerate(_neighbours(box), start=1):
        index, mac, chassis = _index(box, seen.port), seen.far_port.mac.upper(), seen.device.base_mac.upper()
        port, system = seen.far_port.name, seen.device.hostname
        yield f"{number} port '{seen.port}' {index} mac {mac} chassis {chassis} port '{port}' system '{system}'"


def _lldp_details(box: Box, words: list[str]) -> Iterator[str]:
    seen_here = [seen for seen in _neighbours(box) if not words or seen.port in words]
    for number, seen in enumerate(seen_here, start=1):
        yield from _lldp_entry(box, number, seen)
        yield ""


def _lldp_entry(box: Box, n: int, seen: LldpNeighbour) -> Iterator[str]:
    capabilities = " ".join(seen.device.capabilities)
    bits = f"{sum(_CAPABILITY_BITS[word] for word in seen.device.capabilities):04x}"
    port, name, description = seen.far_port.name, seen.device.hostname, seen.device.system_description
    yield f"{n} port: {_index(box, seen.port)}"
    yield f"{n} port.txt: {seen.port}"
    yield f"{n} mac: {seen.far_port.mac}"
    yield f"{n} chassis.type: 4"
    yield f"{n} chassis.type.txt: mac"
    yield f"{n} chassis.data: {seen.device.base_mac}"
    yield f"{n} port.id.type: 5"
    yield f"{n} port.id.type.txt: interface-name"
    yield f"{n} port.id.len: {len(port)}"
    yield f"{n} port.id.data: {port}"
    yield f"{n} ttl: 120"
    yield f"{n} system.name.len: {len(name)}"
    yield f"{n} system.name.data: {name}"
    yield f"{n} system.desc.len: {len(description)}"
    yield f"{n} system.desc.data: {description}"
    yield f"{n} system.caps.available: {bits}"
    yield f"{n} system.caps.available.txt: {capabilities}"
    yield f"{n} system.caps.enabled: {bits}"
    yield f"{n} system.caps.enabled.txt: {capabilities}"
    if seen.management_address is not None:
        yield f"{n} address.count: 1"
        yield f"{n} address.1.type: 1"
        yield f"{n} address.1.type.txt: ipv4"
        yield f"{n} address.1.addr: {seen.management_address}"


INTERFACE_ANSWERS: dict[str, Answer] = {
    "get system interface physical": _physical,
    "get system interface": _interfaces,
    "diagnose netlink interface list": _netlink,
    "diagnose lldprx neighbor summary": _lldp_summary,
    "diagnose lldprx neighbor details": _lldp_details,
    "diagnose lldprx port neighbor summary": _lldp_summary,
    "diagnose lldprx port neighbor details": _lldp_details,
}
