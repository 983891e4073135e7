"""Lines that the grammar takes and the box still refuses, or takes with a word of warning."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Interface

from siteauto.core.config import ConfigTree
from siteauto.core.config.tree import Node

SWITCH_PORT_ONLY = (
    "switchport",
    "spanning-tree",
    "storm-control",
    "power",
    "dot1x",
    "mab",
    "authentication",
    "access-session",
    "channel-group",
    "udld",
    "network-policy",
    "device-tracking",
    "speed",
    "duplex",
    "lldp",
    "cdp",
)
BUILT_IN_VLANS = ("1", "1002", "1003", "1004", "1005")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What the box says to a line. `as_invalid`: it knows no such line here and shows the caret."""

    text: str = ""
    refuses: bool = True
    as_invalid: bool = False


def object_to(
    before: ConfigTree, after: ConfigTree, *, header: str, words: tuple[str, ...], negation: str
) -> Objection | None:
    """What the box has against this line in this section; None: nothing."""
    built_in = _built_in_vlan(header, words, negation)
    if built_in is not None or after == before:
        return built_in
    for rule in _RULES:
        objection = rule(before, header, words, negation)
        if objection is not None:
            return objection
    return None


def _wrong_kind_of_port(before: ConfigTree, header: str, words: tuple[str, ...], negation: str) -> Objection | None:
    """Switch port commands on a VLAN interface, addresses on a switch port."""
    if not header.startswith("interface ") or header.startswith("interface range"):
        return None
    virtual = re.match(r"interface (Vlan|Loopback|Tunnel|WMI)", header) is not None
    if virtual and words[0] in SWITCH_PORT_ONLY:
        return Objection(as_invalid=True)
    node = before.find(header)
    switched = (
        not virtual and not _has(node, "no switchport") and not re.match(r"interface GigabitEthernet0(/0)?$", header)
    )
    if switched and not negation and words[:2] == ("ip", "address"):
        return Objection(as_invalid=True)
    return None


def _address(before: ConfigTree, header: str, words: tuple[str, ...], negation: str) -> Objection | None:
    """No network address, no overlap with another interface."""
    if negation or words[:2] != ("ip", "address") or len(words) < 4:
        return None
    mine = IPv4Interface(f"{words[2]}/{words[3]}")
    if mine.network.prefixlen < 31 and mine.ip in (mine.network.network_address, mine.network.broadcast_address):
        return Objection(text=f"Bad mask /{mine.network.prefixlen} for address {mine.ip}\n")
    for node in before.children.values():
        if node.line.startswith("interface ") and node.line != header:
            for child in node.children.values():
                found = re.fullmatch(r"ip address ([\d.]+) ([\d.]+)", child.line)
                if found and IPv4Interface(f"{found[1]}/{found[2]}").network.overlaps(mine.network):
                    return Objection(text=f"% {mine.network.network_address} overlaps with {node.line.split()[1]}\n")
    return None


def _built_in_vlan(header: str, words: tuple[str, ...], negation: str) -> Objection | None:
    if negation and not header and words[0] == "vlan" and words[1:] and words[1] in BUILT_IN_VLANS:
        return Objection(text=f"%Default VLAN {words[1]} may not be deleted.\n")
    return None


def _enabled_wlan(before: ConfigTree, header: str, words: tuple[str, ...], negation: str) -> Objection | None:  # noqa: ARG001
    """A controller changes a WLAN or a policy profile only while it is shut down (seen on 17.3 to 17.12)."""
    if words[0] == "shutdown" or not _has(before.find(header) if header else None, "no shutdown"):
        return None
    if header.startswith("wlan "):
        return Objection(text="% WLAN needs to be disabled before performing this operation.\n")
    if header.startswith("wireless profile policy "):
        return Objection(text="% Policy profile needs to be disabled before performing this operation.\n")
    return None


def _portfast(before: ConfigTree, header: str, words: tuple[str, ...], negation: str) -> Objection | None:  # noqa: ARG001
    """A warning that every engineer has seen; the line is taken."""
    if negation or words[:2] != ("spanning-tree", "portfast") or not header or words[-1] in ("disable", "network"):
        return None
    name = header.removeprefix("interface ")
    return Objection(
        refuses=False,
        text=(
            "%Warning: portfast should only be enabled on ports connected to a single\n"
            " host. Connecting hubs, concentrators, switches, bridges, etc... to this\n"
            " interface  when portfast is enabled, can cause temporary bridging loops.\n"
            " Use with CAUTION\n\n"
            f"%Portfast has been configured on {name} but will only\n"
            " have effect when the interface is in a non-trunking mode.\n"
        ),
    )


def _has(node: Node | None, line: str) -> bool:
    return node is not None and any(child.line == line for child in node.children.values())


_RULES: tuple[Callable[[ConfigTree, str, tuple[str, ...], str], Objection | None], ...] = (
    _wrong_kind_of_port,
    _address,
    _enabled_wlan,
    _portfast,
)
