"""The RPCs that ask how the box is: what NAPALM's getters send."""

from itertools import pairwise
from xml.etree.ElementTree import Element

from siteauto.lab.devices.juniper_junos.answer import Rpc
from siteauto.lab.devices.juniper_junos.answers_network import arp_entries, ping_answers
from siteauto.lab.devices.juniper_junos.box import Box, epoch
from siteauto.lab.devices.juniper_junos.device_state import vlan_ids
from siteauto.lab.devices.juniper_junos.factory import VERSION
from siteauto.lab.devices.juniper_junos.links import Interface, Unit, carriers, interfaces_of
from siteauto.lab.devices.juniper_junos.replies import leaf, made, word_of
from siteauto.lab.world_view import LldpNeighbour

WORDS = {"bridge": "Bridge", "router": "Router", "wlan-ap": "WLAN Access Point", "station": "Station Only"}
MTU = 1514
ROUND_TRIP = 1200  # microseconds


def software_information(box: Box, _: Element) -> Element:
    """`<get-software-information/>`."""
    return made(
        "software-information",
        leaf("host-name", box.state().hostname),
        leaf("product-model", box.spec.model.lower()),
        leaf("product-name", box.spec.model.lower()),
        leaf("junos-version", VERSION),
    )


def system_uptime(box: Box, _: Element) -> Element:
    """`<get-system-uptime-information/>`."""
    now, last = box.world.now(), box.database.commits[0]
    length = made("time-length", text=f"{box.uptime_seconds} secs", seconds=str(box.uptime_seconds))
    return made(
        "system-uptime-information",
        made("current-time", _time("date-time", box, epoch(now))),
        made("system-booted-time", _time("date-time", box, epoch(box.booted)), length),
        made("last-configured-time", _time("date-time", box, epoch(last.at)), leaf("user", last.user)),
    )


def _time(tag: str, box: Box, seconds: int) -> Element:
    return made(tag, text=f"{box.now:%Y-%m-%d %H:%M:%S %Z}", seconds=str(seconds))


def chassis_inventory(box: Box, _: Element) -> Element:
    """`<get-chassis-inventory/>`."""
    chassis = made(
        "chassis",
        leaf("name", "Chassis"),
        leaf("serial-number", box.spec.serial),
        leaf("description", box.spec.model),
    )
    return made("chassis-inventory", chassis)


def commit_revision(box: Box, _: Element) -> Element:
    """`<get-commit-revision-information>`: the last commit."""
    last = box.database.commits[0]
    return made(
        "commit-revision-information",
        leaf("revision", f"re0-{epoch(last.at)}-{last.number}"),
        leaf("user", last.user),
        leaf("client", last.through),
        made("date-time", text=f"{box.local(last.at):%Y-%m-%d %H:%M:%S %Z}", seconds=str(epoch(last.at))),
        leaf("comment", last.comment) if last.comment else None,
    )


def interface_information(box: Box, request: Element) -> Element:
    """`<get-interface-information>`, whole or `<terse/>`."""
    wanted = word_of(request, "interface-name").partition(".")[0]
    found = [one for one in interfaces_of(box) if wanted in ("", one.name) or "[" in wanted]
    return made("interface-information", *(_physical(one) for one in found), style="normal")


def _physical(one: Interface) -> Element:
    return made(
        "physical-interface",
        leaf("name", one.name),
        leaf("admin-status", _word(one.admin_up)),
        leaf("oper-status", _word(one.link_up)),
        leaf("description", one.description) if one.description else None,
        leaf("mtu", MTU),
        leaf("speed", "10Gbps" if one.name.startswith("xe") else "1000mbps"),
        leaf("current-physical-address", one.mac),
        leaf("hardware-physical-address", one.mac),
        made("interface-flapped", text="Never", seconds="0"),
        *(_logical(unit) for unit in one.units),
    )


def _logical(unit: Unit) -> Element:
    address = None
    if unit.address is not None:
        address = made(
            "interface-address",
            leaf("ifa-local", unit.address.ip),
            leaf("ifa-destination", unit.address.network),
        )
        address.find("ifa-local").text = str(unit.address)  # type: ignore[union-attr]  # it was made above
    family = made("address-family", leaf("address-family-name", unit.family), address)
    down = None if unit.up else made("iff-down")
    return made(
        "logical-interface",
        leaf("name", unit.name),
        leaf("oper-status", _word(unit.up)),
        leaf("description", unit.description) if unit.description else None,
        made("if-config-flags", down, made("iff-snmp-traps")),
        family,
    )


def _word(up: bool) -> str:  # noqa: FBT001 - it says itself
    return "up" if up else "down"


def lldp_neighbours(box: Box, _: Element) -> Element:
    """`<get-lldp-neighbors-information/>`."""
    found = (
        made("lldp-neighbor-information", leaf("lldp-local-port-id", one.port), *_far_end(one))
        for one in box.world.neighbours(box.spec.name)
    )
    return made("lldp-neighbors-information", *found, style="brief")


def lldp_interface_neighbours(box: Box, request: Element) -> Element:
    """`<get-lldp-interface-neighbors>` of one port, in detail."""
    wanted = word_of(request, "interface-device") or word_of(request, "interface-name")
    found = []
    for one in box.world.neighbours(box.spec.name):
        if one.port != wanted.partition(".")[0]:
            continue
        capabilities = " ".join(WORDS.get(word, word) for word in one.device.capabilities)
        found.append(
            made(
                "lldp-neighbor-information",
                leaf("lldp-local-interface", one.port),
                *_far_end(one),
                leaf("lldp-remote-port-description", one.far_port.description or one.far_port.name),
                made(
                    "lldp-system-description",
                    leaf("lldp-remote-system-description", one.device.system_description),
                ),
                leaf("lldp-remote-system-capabilities-supported", capabilities),
                leaf("lldp-remote-system-capabilities-enabled", capabilities),
            )
        )
    return made("lldp-neighbors-information", *found, style="detail")


def _far_end(one: LldpNeighbour) -> tuple[Element, ...]:
    return (
        leaf("lldp-local-parent-interface-name", "-"),
        leaf("lldp-remote-chassis-id-subtype", "Mac address"),
        leaf("lldp-remote-chassis-id", one.device.base_mac),
        leaf("lldp-remote-port-id-subtype", "Interface name"),
        leaf("lldp-remote-port-id", one.far_port.name),
        leaf("lldp-remote-system-name", one.device.hostname),
    )


def vlan_information(box: Box, _: Element) -> Element:
    """`<get-vlan-information/>` of a switch with ELS."""
    return made("vlan-information", *(_vlan(box, name, tag) for name, tag in vlan_ids(box.running).items()))


def _vlan(box: Box, name: str, tag: int) -> Element:
    members = [
        made(
            "l2ng-l2rtb-vlan-member", leaf("l2ng-l2rtb-vlan-member-interface", f"{port.name}.0{_star(box, port.name)}")
        )
        for port in carriers(box, tag)
    ] or [made("l2ng-l2rtb-vlan-member", made("l2ng-l2rtb-vlan-member-interface"))]
    return made(
        "l2ng-l2ald-vlan-instance-group",
        leaf("l2ng-l2rtb-name", "default-switch"),
        leaf("l2ng-l2rtb-vlan-name", name),
        leaf("l2ng-l2rtb-vlan-tag", tag),
        *members,
    )


def _star(box: Box, port: str) -> str:
    return "*" if box.world.link_up(box.spec.name, port) else ""


def switching_table(_: Box, __: Element) -> Element:
    """`<get-ethernet-switching-table-information>`: nothing sends frames in a lab, so that it is empty."""
    return made("l2ng-l2ald-rtb-macdb")


def arp_table(box: Box, _: Element) -> Element:
    """`<get-arp-table-information>`."""
    found = (
        made(
            "arp-table-entry",
            leaf("mac-address", mac),
            leaf("ip-address", address),
            leaf("interface-name", interface),
            leaf("arp-table-entry-expire", "900"),
        )
        for mac, address, interface in arp_entries(box)
    )
    return made("arp-table-information", *found)


def ping_results(box: Box, words: tuple[str, ...]) -> Element:
    """`<command>ping …</command>` in XML."""
    target, options = words[1], dict(pairwise(words))
    count, answered = int(options.get("count", "5")), ping_answers(box, words[1], options.get("source", ""))
    probes = (
        made(
            "probe-result",
            leaf("probe-index", place),
            made("probe-success"),
            leaf("ip-address", target),
            leaf("time-to-live", 63),
            leaf("rtt", ROUND_TRIP),
        )
        for place in range(1, count + 1)
        if answered
    )
    times = (f"rtt-{kind}" for kind in ("minimum", "maximum", "average")) if answered else ()
    summary = made(
        "probe-results-summary",
        leaf("probes-sent", count),
        leaf("responses-received", count if answered else 0),
        leaf("packet-loss", 0 if answered else 100),
        *(leaf(name, ROUND_TRIP) for name in times),
        leaf("rtt-stddev", 1) if answered else None,
    )
    return made("ping-results", leaf("target-host", target), leaf("target-ip", target), *probes, summary,
                made("ping-success") if answered else made("ping-failure", text="no response"))  # fmt: skip


NAPALM = "recording napalm/junos/mocked_data"
RPCS: tuple[Rpc, ...] = (
    Rpc(tag="get-software-information", make=software_information, source="manual the fields that PyEZ's facts read"),
    Rpc(tag="get-system-uptime-information", make=system_uptime, source="manual the fields that PyEZ and NAPALM read"),
    Rpc(tag="get-chassis-inventory", make=chassis_inventory, source="manual the fields that PyEZ's facts read"),
    Rpc(tag="get-commit-revision-information", make=commit_revision, source="manual the fields that NAPALM reads"),
    Rpc(
        tag="get-interface-information",
        make=interface_information,
        source=f"{NAPALM}/test_get_interfaces/iffdown/get-interface-information.xml",
    ),
    Rpc(
        tag="get-lldp-neighbors-information",
        make=lldp_neighbours,
        source=f"{NAPALM}/test_get_lldp_neighbors/normal/get-lldp-neighbors-information.xml",
    ),
    Rpc(
        tag="get-lldp-interface-neighbors",
        make=lldp_interface_neighbours,
        source=f"{NAPALM}/test_get_lldp_neighbors_detail/qfx5110/get-lldp-interface-neighbors.xml",
    ),
    Rpc(
        tag="get-vlan-information",
        make=vlan_information,
        source=f"{NAPALM}/test_get_vlans/vlan_l2ng/get-vlan-information.xml",
    ),
    Rpc(
        tag="get-ethernet-switching-table-information",
        make=switching_table,
        source="guess an empty table; nothing sends frames in a lab",
    ),
    Rpc(
        tag="get-arp-table-information",
        make=arp_table,
        source=f"{NAPALM}/test_get_arp_table/normal/get-arp-table-information.xml",
    ),
)
