"""What the box answers, read back with the probes of the platform file and with ntc-templates."""

from collections.abc import Callable
from ipaddress import IPv4Address

import pytest

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.platform_spec import Ntc
from siteauto.core.readings import ClockReading, InterfaceReading, NeighbourReading, PingReading, RouteReading
from siteauto.lab.state import DeviceState, PortState
from siteauto.lab.world_view import LldpNeighbour
from siteauto.platforms.fortinet import PLATFORM

ROUTE = ("config router static", "edit 1", "set gateway 198.51.100.1", "set device wan1", "end")


@pytest.fixture
def ask(console) -> Callable[..., tuple[object, ...]]:
    def ask(name: str, **words: str) -> tuple[object, ...]:
        probe = PLATFORM.checks[name]
        command = probe.command.format_map(words)
        return probe.read(TextFsmParser().parse(PLATFORM, probe.parser, command, console.type(command)))

    return ask


@pytest.fixture
def rows(console) -> Callable[[str], list[dict[str, object]]]:
    return lambda command: list(TextFsmParser().parse(PLATFORM, Ntc(), command, console.type(command)))


def neighbour() -> LldpNeighbour:
    port = PortState(name="GigabitEthernet1/0/1", admin_up=True, mac="00:27:90:00:00:01")
    switch = DeviceState(
        name="us-nyc-mad01-sw1",
        hostname="us-nyc-mad01-sw1",
        model="C9300-24P",
        serial="FOC00000001",
        base_mac="00:27:90:00:00:00",
        system_description="Cisco IOS Software\nof several lines",
        ports=(port,),
        vlans=frozenset(),
        vlan_interfaces=(),
        capabilities=("bridge", "router"),
    )
    address = IPv4Address("10.44.19.34")
    return LldpNeighbour(port="internal1", device=switch, far_port=port, management_address=address)


def test_interfaces_tell_shut_from_unplugged(ask, console, bench):
    found = {reading.name: reading for reading in ask("interfaces")}
    assert found["wan1"] == InterfaceReading(name="wan1", admin_up=True, link_up=True)
    assert found["wan2"] == InterfaceReading(name="wan2", admin_up=True, link_up=False)
    assert found["vl99-mgmt"].link_up
    console.type("config system interface", "edit wan1", "set status down", "end")
    bench.plugged.discard("internal1")
    found = {reading.name: reading for reading in ask("interfaces")}
    assert found["wan1"] == InterfaceReading(name="wan1", admin_up=False, link_up=False)
    assert found["vl99-mgmt"] == InterfaceReading(name="vl99-mgmt", admin_up=True, link_up=False)


def test_neighbours_are_seen_where_reception_is_on(ask, console, bench):
    bench.seen = (neighbour(),)
    assert ask("neighbours") == ()
    console.type("config system global", "set lldp-reception enable", "end")
    assert ask("neighbours") == (
        NeighbourReading(
            port="internal1",
            device="us-nyc-mad01-sw1",
            device_port="GigabitEthernet1/0/1",
            capabilities=("bridge", "router"),
        ),
    )
    assert "1 port 'internal1' " in console.type("diagnose lldprx neighbor summary")


def test_ntc_reads_the_neighbour_of_one_port(rows, console, bench):
    bench.seen = (neighbour(),)
    console.type("config system global", "set lldp-reception enable", "end")
    (row,) = rows("diagnose lldprx port neighbor details internal1")
    assert (row["port_txt"], row["address_1_addr"]) == ("internal1", "10.44.19.34")


def test_a_route_is_there_while_its_interface_carries(ask, console, bench):
    console.type(*ROUTE)
    assert RouteReading(prefix="0.0.0.0/0", next_hop="198.51.100.1", interface="wan1") in ask("routes")
    bench.plugged.discard("wan1")
    assert [reading.prefix for reading in ask("routes")] == ["10.44.19.0/27"]


def test_the_nearer_of_two_default_routes_is_used(ask, console):
    console.type(*ROUTE)
    console.type("config router static", "edit 2", "set gateway 198.51.100.1", "set device wan1")
    console.type("set distance 20", "end")
    assert [reading.prefix for reading in ask("routes")].count("0.0.0.0/0") == 1


def test_ping(ask, console, bench):
    bench.answering.add("10.0.0.1")
    assert ask("ping", target="10.0.0.1") == (PingReading(sent=5, received=5),)
    assert ask("ping", target="10.0.0.2") == (PingReading(sent=5, received=0),)
    console.type("execute ping-options repeat-count 2")
    assert ask("ping", target="10.0.0.1") == (PingReading(sent=2, received=2),)
    assert "Unable to resolve" in console.type("execute ping ntp.example.net")


def test_the_clock_follows_the_first_server_that_answers(ask, console, bench):
    console.type("config system ntp", "set type custom", "config ntpserver", "edit 1", "set server 10.10.0.11")
    console.type("next", "edit 2", "set server 10.10.0.12", "next", "end", "end")
    assert ask("clock") == (ClockReading(synchronised=False),)
    bench.answering.add("10.10.0.12")
    assert ask("clock") == (ClockReading(synchronised=True, server="10.10.0.12", stratum=2),)
    console.type("config system ntp", "set ntpsync disable", "end")
    assert ask("clock") == (ClockReading(synchronised=False),)


def test_policies_in_their_order(ask, console):
    for number, name in ((1, "one"), (2, "two")):
        console.type("config firewall policy", f"edit {number}", f'set name "{name}"', "set srcintf any")
        console.type("set dstintf any", "set srcaddr all", "set dstaddr all", "set schedule always")
        console.type("set service ALL", "set logtraffic all", "end")
    console.type("config firewall policy", "move 2 before 1", "end")
    assert [(reading.id, reading.name, reading.accept, reading.logged) for reading in ask("policies")] == [
        (2, "two", False, True),
        (1, "one", False, True),
    ]


def test_ntc_reads_status_and_interfaces(rows):
    (status,) = rows("get system status")
    assert (status["hostname"], status["serial_number"]) == ("fw1", "FGT60FTK20001234")
    assert status["current_ha_mode"] == "standalone"
    assert status["system_time"] == "Mon Nov 23 12:00:00 2026"
    physical = {row["name"]: row for row in rows("get system interface physical")}
    assert (physical["wan1"]["status"], physical["wan1"]["speed"]) == ("up", "1000")
    assert physical["wan2"]["status"] == "down"
    assert {row["name"] for row in rows("get system interface")} >= {"wan1", "vl99-mgmt"}
    assert rows("execute date") == [{"year": "2026", "month": "11", "day": "23"}]
    assert rows("execute time")[0]["hour"] == "12"


def test_status_names_the_cluster_mode_and_the_uptime_counts(console, bench):
    console.type("config system ha", "set mode a-p", "end")
    assert "Current HA mode: a-p, primary" in console.type("get system status")
    assert "Mode: HA A-P" in console.type("get system ha status")
    bench.clock.advance(86400 + 7260)
    assert "Uptime: 1 days,  2 hours,  1 minutes" in console.type("get system performance status")
    assert "Model name: FortiGate-60F" in console.type("get hardware status")
