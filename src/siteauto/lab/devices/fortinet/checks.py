"""What FortiOS demands of an entry beyond the grammar, and what it fills in by itself, at `next` and `end`."""

import uuid
from collections.abc import Callable
from ipaddress import IPv4Address

from siteauto.lab.devices.fortinet.grammar import load_grammar
from siteauto.lab.devices.fortinet.refusals import RefusedError, check_failed, in_use, must_be_set
from siteauto.lab.devices.fortinet.tree import Configuration, Node
from siteauto.lab.devices.fortinet.values import parse_network

Check = Callable[[Configuration, str, Node], None]
_BY_ZONE_ONLY = frozenset({"firewall.policy", "firewall.local-in-policy"})  # may not name an interface of a zone
_NEEDED_WHEN = {  # table: where this attribute holds this word, these must be set
    "system.interface": (("type", "vlan", ("interface", "vlanid")),),
    "system.automation-trigger": (("trigger-frequency", "once", ("trigger-datetime",)),),
    "system.automation-action": (("action-type", "cli-script", ("script", "accprofile")),),
    "system.snmp.user": (("security-level", "auth-priv", ("auth-pwd", "priv-pwd")),),
}


def complete_entry(configuration: Configuration, key: str, node: Node) -> None:
    """Check an entry before it is stored, and add what the box adds to new ones. Raises RefusedError."""
    for attribute in node.section.attributes():
        if attribute.required and not node.get(attribute.name):
            raise must_be_set(attribute.name)
    for attribute_name, word, needed in _NEEDED_WHEN.get(node.section.path, ()):
        missing = next((name for name in needed if not node.get(name)), "")
        if node.word(attribute_name) == word and missing:
            raise must_be_set(missing)
    check = _CHECKS.get(node.section.path)
    if check is not None:
        check(configuration, key, node)
    if node.section.attribute("uuid") is not None:
        node.values.setdefault("uuid", (str(uuid.uuid4()),))


def settle(configuration: Configuration) -> None:
    """What follows from a change elsewhere: a port is an interface of its own unless a hardware switch has it."""
    interfaces = configuration.rows("system.interface")
    switches = configuration.rows("system.virtual-switch")
    for name in [name for name, node in interfaces.items() if node.word("type") == "hard-switch"]:
        if name not in switches:
            del interfaces[name]
    switched = {port for switch in switches.values() for port in switch.rows("port")}
    for port in configuration.ports:
        if port in switched:
            interfaces.pop(port, None)
        elif port not in interfaces:
            section = load_grammar()["system.interface"]
            interfaces[port] = Node(section=section, values={"vdom": ("root",), "type": ("physical",)})
            complete_entry(configuration, port, interfaces[port])


def refuse_to_delete(configuration: Configuration, path: str, key: str) -> None:
    """Raise RefusedError for what cannot go although nothing refers to it: ports of the box, entries of its own.

    A hardware switch cannot go either while something refers to its interface.
    """
    if path == "system.virtual-switch":
        used = len(configuration.references_to("system.interface", key))
        if used:
            raise in_use(used)
    if path == "system.interface" and key in configuration.ports:
        raise RefusedError(f"Interface {key} is static, cannot be deleted.\nCommand fail. Return code -97\n")
    if (path, key) in (("system.accprofile", "super_admin"), ("system.vdom", "root")):
        raise RefusedError("The entry is a system entry and can not be deleted.\nCommand fail. Return code -94\n")


def _check_interface(configuration: Configuration, key: str, node: Node) -> None:
    others = {name: other for name, other in configuration.rows("system.interface").items() if name != key}
    if node.word("type") == "vlan":
        _check_vlan_is_free(others, node)
    _check_no_overlap(others, node)
    used = {other.word("snmp-index") for other in others.values()}
    if not node.get("snmp-index"):
        free = next(str(number) for number in range(1, 1000) if str(number) not in used)
        node.values["snmp-index"] = (free,)


def _check_vlan_is_free(others: dict[str, Node], node: Node) -> None:
    for other in others.values():
        if other.word("interface") == node.word("interface") and other.word("vlanid") == node.word("vlanid"):
            raise check_failed("vlanid", node.word("vlanid"), "Duplicate vlanid on the same interface", code=-56)


def _check_no_overlap(others: dict[str, Node], node: Node) -> None:
    mine = parse_network(node.get("ip"))
    if mine is None or int(mine.ip) == 0:
        return
    for name, other in others.items():
        theirs = parse_network(other.get("ip"))
        if theirs is not None and int(theirs.ip) and theirs.network.overlaps(mine.network):
            why = f"Subnets overlap between this interface with primary IP of '{name}'"
            raise check_failed("ip", " ".join(node.get("ip")), why, code=-54)


def _check_zone(configuration: Configuration, key: str, node: Node) -> None:
    for name in node.get("interface"):
        for other, zone in configuration.rows("system.zone").items():
            if other != key and name in zone.get("interface"):
                raise check_failed("interface-name", name, f"Interface '{name}' is already in zone '{other}'", code=-56)
        used = [place for place in configuration.references_to("system.interface", name) if place.path in _BY_ZONE_ONLY]
        if used:
            raise check_failed("interface-name", name, f"Interface '{name}' is used by a policy", code=-23)


def _check_policy(configuration: Configuration, key: str, node: Node) -> None:
    zoned = {name for zone in configuration.rows("system.zone").values() for name in zone.get("interface")}
    for attribute in ("srcintf", "dstintf"):
        for name in node.get(attribute):
            if name in zoned:
                raise check_failed(attribute, name, "")
    name = node.word("name")
    if not name and configuration.node("system.settings").word("gui-allow-unnamed-policy") == "disable":
        return  # only the web page insists on a name
    for other, policy in configuration.rows("firewall.policy").items():
        if other != key and name and policy.word("name") == name:
            raise check_failed("name", name, f"Policy name '{name}' is already used", code=-5)


def _check_route(configuration: Configuration, _: str, node: Node) -> None:
    if node.word("blackhole") == "enable":
        return
    if not node.get("device"):
        raise must_be_set("device")
    interface = configuration.rows("system.interface").get(node.word("device"))
    if interface is not None and interface.word("mode") == "static" and not int(IPv4Address(node.word("gateway"))):
        raise must_be_set("gateway")


_CHECKS: dict[str, Check] = {
    "system.interface": _check_interface,
    "system.zone": _check_zone,
    "firewall.policy": _check_policy,
    "router.static": _check_route,
}
