"""What `ip` prints: links, addresses and routes."""

from collections.abc import Callable, Iterator, Sequence

from siteauto.lab.devices.openwrt.box import Box


def ip(box: Box, words: Sequence[str]) -> Iterator[str]:
    """`ip link`, `ip address` and `ip route`."""
    rest = [word for word in words if not word.startswith("-") and word != "show"]
    kinds: dict[str, Callable[[Box], Iterator[str]]] = {
        "link": _links,
        "address": _addresses,
        "addr": _addresses,
        "route": _routes,
    }
    if len(rest) != 1 or rest[0] not in kinds:
        yield "BusyBox v1.36.1 multi-call binary."
        return
    yield from kinds[rest[0]](box)


def _links(box: Box) -> Iterator[str]:
    for number, (name, flags, more, mac) in enumerate(_interfaces(box), 1):
        state = "UP" if "LOWER_UP" in flags else ("LOWERLAYERDOWN" if "NO-CARRIER" in flags else "DOWN")
        yield f"{number}: {name}: <{flags}> mtu 1500 qdisc noqueue {more}state {state} qlen 1000"
        yield f"    link/ether {mac} brd ff:ff:ff:ff:ff:ff"


def _interfaces(box: Box) -> Iterator[tuple[str, str, str, str]]:
    """Name, flags, what it hangs in, and address of every link."""
    network, macs = box.network, box.macs()
    up = "BROADCAST,MULTICAST,UP,LOWER_UP"
    yield box.board.conduit, up, "", box.label_mac
    for port in box.state().ports:
        linked = port.admin_up and box.world.link_up(box.spec.name, port.name)
        flags = up if linked else ("NO-CARRIER,BROADCAST,MULTICAST,UP" if port.admin_up else "BROADCAST,MULTICAST")
        name = f"{port.name}@{box.board.conduit}" if box.board.on_switch(port.name) else port.name
        yield name, flags, "master br-lan " if port.name in network.bridged else "", macs[port.name]
    carried = network.on_air() or any(box.world.link_up(box.spec.name, port) for port in network.bridged)
    bridge = up if carried else "NO-CARRIER,BROADCAST,MULTICAST,UP"
    if network.bridge is not None:
        yield "br-lan", bridge, "", box.label_mac
    for name in dict.fromkeys(one.get("device") for one in network.interfaces):
        if name.startswith("br-lan."):
            yield f"{name}@br-lan", bridge, "", box.label_mac
    for air in network.on_air():
        yield air.interface, up, "master br-lan ", box.label_mac


def _addresses(box: Box) -> Iterator[str]:
    for number, (name, flags, more, mac) in enumerate(_interfaces(box), 1):
        bare = name.partition("@")[0]
        yield f"{number}: {name}: <{flags}> mtu 1500 qdisc noqueue {more}state UP qlen 1000"
        yield f"    link/ether {mac} brd ff:ff:ff:ff:ff:ff"
        for interface, address in box.network.own_addresses():
            if interface.get("device") == bare:
                broadcast = address.network.broadcast_address
                yield f"    inet {address} brd {broadcast} scope global {bare}"


def _routes(box: Box) -> Iterator[str]:
    for route in box.network.static_routes():
        prefix = "default" if route.prefix.prefixlen == 0 else str(route.prefix)
        more = f" src {route.source} " if route.source else ""
        more += f" metric {route.metric} " if route.metric else ""
        yield f"{prefix} via {route.next_hop} dev {route.device} {more}"
    for interface, address in box.network.own_addresses():
        if interface.name != "loopback":
            yield f"{address.network} dev {interface.get('device')} scope link  src {address.ip} "
