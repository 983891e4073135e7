"""Links, VLANs end to end, and routes, from states and cables."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

import pytest

from siteauto.core.models import Link
from siteauto.lab.routing import operator_reaches, reaches
from siteauto.lab.state import NTP, DeviceState, FilterRule, PortState, RouteState, Service, VlanInterfaceState
from siteauto.lab.topology import Topology

MAC = "00:27:90:00:00:01"
ANY = IPv4Network("0.0.0.0/0")
VLANS = frozenset({1, 10, 99})


def port(name, **more):
    return PortState(**{"name": name, "admin_up": True, "mac": MAC, **more})


def trunk(name, **more):
    return port(name, mode="trunk", native_vlan=999, allowed=frozenset({10, 99}), **more)


def svi(vlan, address, **more):
    return VlanInterfaceState(vlan_id=vlan, admin_up=True, address=IPv4Interface(address), **more)


def device(name, ports, interfaces=(), **more):
    return DeviceState(
        **{
            "name": name,
            "hostname": name,
            "model": "m",
            "serial": "s",
            "base_mac": MAC,
            "system_description": "",
            "ports": tuple(ports),
            "vlans": VLANS,
            "vlan_interfaces": tuple(interfaces),
            "logins": tuple(one.address.ip for one in interfaces),
            **more,
        }
    )


def default_route(hop):
    return (RouteState(prefix=ANY, next_hop=IPv4Address(hop)),)


def rule(*, accept=True, ping=True, source=ANY, target=ANY):
    return FilterRule(
        source_ports=frozenset(),
        destination_ports=frozenset(),
        sources=(source,),
        destinations=(target,),
        ping=ping,
        accept=accept,
    )


FIREWALL = device(
    "fw",
    [port("lan", mode="routed"), port("wan", mode="routed", address=IPv4Interface("198.51.100.2/30"))],
    [
        svi(10, "10.1.10.1/24", name="vl10", parent="lan"),
        svi(99, "10.1.99.1/24", name="vl99", parent="lan"),
    ],
    vlans=frozenset(),
    forwards=True,
    filters=(rule(),),
    routes=(RouteState(prefix=ANY, next_hop=IPv4Address("198.51.100.1"), port="wan"),),
)
CORE = device("core", [trunk("up"), trunk("down")], [svi(99, "10.1.99.2/24")], routes=default_route("10.1.99.1"))
ACCESS = device(
    "access",
    [trunk("up"), port("edge", access_vlan=10)],
    [svi(99, "10.1.99.3/24")],
    routes=default_route("10.1.99.1"),
)
HOST = device(
    "host",
    [port("eth0", mode="routed", address=IPv4Interface("10.1.10.50/24"))],
    vlans=frozenset(),
    routes=default_route("10.1.10.1"),
)
LINKS = (
    Link(a="fw", a_port="lan", b="core", b_port="up"),
    Link(a="core", a_port="down", b="access", b_port="up"),
    Link(a="access", a_port="edge", b="host", b_port="eth0"),
    Link(a="fw", a_port="wan", b="isp", b_port=""),
)


def site(*changed, links=LINKS):
    states = {state.name: state for state in (FIREWALL, CORE, ACCESS, HOST)}
    states.update({state.name: state for state in changed})
    return Topology(devices=states, links=links, outside=frozenset({"isp"}))


def with_port(state, name, **changes):
    ports = tuple(replace(one, **changes) if one.name == name else one for one in state.ports)
    return replace(state, ports=ports)


def test_the_site_works_as_cabled():
    topology = site()
    assert topology.link_up("core", "down")
    assert reaches(topology, "access", IPv4Address("10.1.99.1"), ping=True)
    assert reaches(topology, "host", IPv4Address("10.1.99.3"), ping=True), "routed by the firewall"
    assert reaches(topology, "host", IPv4Address("8.8.8.8"), ping=True), "the internet"
    assert operator_reaches(topology, "access", IPv4Address("10.1.99.3"))


@pytest.mark.parametrize(
    "broken",
    [
        site(with_port(CORE, "down", admin_up=False)),
        site(with_port(CORE, "down", allowed=frozenset({10}))),
        site(with_port(ACCESS, "up", mode="access")),
        site(replace(CORE, vlans=frozenset({1, 10}))),
        site(replace(CORE, powered=False)),
        site(links=(LINKS[0], *LINKS[2:])),
        site(replace(ACCESS, routes=())),
        site(replace(ACCESS, routes=default_route("10.1.99.77"))),
        site(replace(ACCESS, vlan_interfaces=(replace(ACCESS.vlan_interfaces[0], admin_up=False),))),
        site(replace(ACCESS, logins=())),
        site(links=LINKS[:3]),
    ],
    ids=[
        "far port shut",
        "vlan pruned",
        "access instead of trunk",
        "vlan missing between",
        "core has no power",
        "cable pulled",
        "no default route",
        "wrong default route",
        "interface shut",
        "no ssh",
        "circuit gone",
    ],
)
def test_what_cuts_an_operator_off(broken):
    assert not operator_reaches(broken, "access", IPv4Address("10.1.99.3"))


def test_an_access_port_in_another_vlan_cuts_its_host_off():
    assert not reaches(site(with_port(ACCESS, "edge", access_vlan=99)), "host", IPv4Address("10.1.10.1"))


def test_a_native_vlan_that_differs_at_the_ends_leaks():
    topology = site(with_port(CORE, "down", native_vlan=10), with_port(ACCESS, "up", native_vlan=10))
    assert reaches(topology, "host", IPv4Address("10.1.10.1"))
    assert not reaches(site(with_port(CORE, "down", native_vlan=10)), "host", IPv4Address("10.1.10.1"))


def test_filters_decide_by_the_first_rule_and_deny_without_one():
    closed = site(replace(FIREWALL, filters=()))
    assert not reaches(closed, "host", IPv4Address("8.8.8.8"))
    assert reaches(closed, "host", IPv4Address("10.1.10.1"), ping=True), "the firewall itself"
    denied = site(replace(FIREWALL, filters=(rule(accept=False, target=IPv4Network("8.8.8.0/24")), rule())))
    assert not reaches(denied, "host", IPv4Address("8.8.8.8"))
    assert reaches(denied, "host", IPv4Address("9.9.9.9"))


def test_a_rule_without_icmp_lets_services_pass_and_no_ping():
    topology = site(replace(FIREWALL, filters=(rule(ping=False),)))
    assert reaches(topology, "host", IPv4Address("8.8.8.8"))
    assert not reaches(topology, "host", IPv4Address("8.8.8.8"), ping=True)


def test_a_rule_lets_only_its_services_pass():
    web = replace(rule(ping=False), services=(Service(protocol="tcp", first=443, last=443),))
    topology = site(replace(FIREWALL, filters=(web,)))
    assert not reaches(topology, "host", IPv4Address("8.8.8.8"), service=NTP)
    assert reaches(topology, "host", IPv4Address("8.8.8.8"), service=Service(protocol="tcp", first=443, last=443))


def test_an_interface_that_does_not_answer_ping():
    quiet = replace(
        FIREWALL, vlan_interfaces=tuple(replace(one, answers_ping=False) for one in FIREWALL.vlan_interfaces)
    )
    assert not reaches(site(quiet), "access", IPv4Address("10.1.99.1"), ping=True)


def test_a_source_that_is_down_sends_nothing():
    topology = site()
    assert reaches(topology, "access", IPv4Address("8.8.8.8"), source=IPv4Address("10.1.99.3"), ping=True)
    assert not reaches(topology, "access", IPv4Address("8.8.8.8"), source=IPv4Address("10.1.99.4"), ping=True)


def test_a_vlan_interface_is_down_when_no_port_carries_its_vlan():
    topology = site(with_port(ACCESS, "up", admin_up=False))
    assert not any(one.up for one in topology.of("access"))
