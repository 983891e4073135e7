"""What is wrong in the world or in the configuration shows, and the check that should fail does, for that reason.

The bench's box answers, the platform's probe reads, the judge decides: nothing between them is faked but the wire.
"""

from dataclasses import replace
from ipaddress import IPv4Address

import pytest
from tests.unit.checks import intents
from tests.unit.lab.ios_answers import bench

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.checks import KINDS, Status
from siteauto.core.checks.judge import judge
from siteauto.core.checks.plan import plan_checks
from siteauto.core.intent import Vlan
from siteauto.lab.devices.cisco_ios.answers import answer
from siteauto.platforms import load_platforms
from siteauto.platforms.cisco_ios import PLATFORM

PLATFORMS = load_platforms()
LIVE = frozenset(kind.name for kind in KINDS.values() if kind.probe)


def switch_intent():
    names = {10: "corp", 40: "staff", 99: "mgmt"}
    base = intents.switch()
    trunk = replace(base.ports[-1], trunk_vlans=(10, 40, 99))
    first, access_point = base.ports[0], base.ports[1]
    spare = replace(base.ports[2], name="GigabitEthernet1/0/2")
    organisation = replace(
        base.organisation, dns_servers=(bench.NTP,), syslog_hosts=(bench.NTP,), radius_servers=(bench.NTP,)
    )
    return replace(
        base,
        organisation=organisation,
        ports=(first, access_point, spare, trunk),
        vlans=tuple(Vlan(id=number, name=name, role=name) for number, name in names.items()),
    )


def controller_intent():
    base = intents.controller()
    return replace(base, organisation=switch_intent().organisation)


def results(intent, view):
    checks = [check for check in plan_checks([intent], PLATFORMS) if check.kind in LIVE]
    return [result(check, view) for check in checks]


def result(check, view):
    probe = PLATFORM.checks[KINDS[check.kind].probe]
    command = probe.command.format_map(dict(check.fill))
    text = answer(command, view)
    assert text is not None, command
    return judge(check, probe.read(TextFsmParser().parse(PLATFORM, probe.parser, command, text)))


def broken(intent, view):
    return {(each.check.kind, each.check.subject): each for each in results(intent, view) if each.status != Status.PASS}


def test_a_healthy_switch_passes_everything():
    assert broken(switch_intent(), bench.switch()) == {}


def test_a_healthy_controller_passes_everything():
    view = bench.controller(config=bench.CONTROLLER_CONFIG + "ntp server 10.0.0.5\n")
    world = view.world
    world.linked.add("TenGigabitEthernet0/1/0")
    assert broken(controller_intent(), view) == {}


def test_an_unplugged_uplink_shows_in_port_trunk_and_cabling():
    world = bench.BenchWorld(neighbour_list=bench.neighbours())
    world.linked.discard(bench.UPLINK)
    found = broken(switch_intent(), bench.switch(world))
    assert {
        ("interface", f"uplink {bench.UPLINK}"),
        ("trunk", f"trunk {bench.UPLINK}"),
        ("neighbour", f"port {bench.UPLINK}"),
    } == set(found)
    assert "is down. Expected: up. Actual: notconnect" in found["interface", f"uplink {bench.UPLINK}"].message


def test_a_shut_port_is_told_from_a_missing_cable():
    shut = replace(bench.port(bench.AP_PORT, access_vlan=99), admin_up=False)
    world = bench.BenchWorld(neighbour_list=bench.neighbours())
    world.linked.discard(bench.AP_PORT)
    found = broken(switch_intent(), bench.switch(world, **{bench.AP_PORT: shut}))
    assert "is shut. Expected: up, access, VLAN 99. Actual: disabled" in (
        found["interface", f"port {bench.AP_PORT}"].message
    )


def test_a_port_in_the_wrong_vlan_shows():
    wrong = bench.port(bench.AP_PORT, access_vlan=10)
    found = broken(switch_intent(), bench.switch(**{bench.AP_PORT: wrong}))
    assert list(found) == [("interface", f"port {bench.AP_PORT}")]
    assert "Expected: VLAN 99. Actual: VLAN 10" in found["interface", f"port {bench.AP_PORT}"].message


def test_an_uplink_as_access_port_shows():
    access = bench.port(bench.UPLINK, access_vlan=99)
    found = broken(switch_intent(), bench.switch(**{bench.UPLINK: access}))
    assert {kind for kind, _ in found} == {"interface", "trunk"}


def test_a_vlan_missing_on_the_trunk_and_a_wrong_native_one_show():
    trunk = bench.port(bench.UPLINK, mode="trunk", native_vlan=1, allowed=frozenset({10, 99}))
    found = broken(switch_intent(), bench.switch(**{bench.UPLINK: trunk}))
    assert list(found) == [("trunk", f"trunk {bench.UPLINK}")]
    assert "missing 40" in found["trunk", f"trunk {bench.UPLINK}"].message


def test_a_renamed_a_shut_and_an_extra_vlan_show():
    renamed = bench.SWITCH_CONFIG.replace("name corp", "name corporate")
    assert ("vlan", "VLAN 10") in broken(switch_intent(), bench.switch(config=renamed))
    view = bench.switch()
    extra = replace(view, state=replace(view.state, vlans=view.state.vlans | {666}))
    assert list(broken(switch_intent(), extra)) == [("no_extra_vlans", "VLANs")]
    fewer = replace(view, state=replace(view.state, vlans=view.state.vlans - {40}))
    assert ("vlan", "VLAN 40") in broken(switch_intent(), fewer)


def test_a_cable_in_the_wrong_port_shows():
    point, core = bench.neighbours()
    moved = replace(core, far_port=bench.port("TenGigabitEthernet1/1/3", mode="trunk"))
    found = broken(switch_intent(), bench.switch(bench.BenchWorld(neighbour_list=(point, moved))))
    assert "Actual: us-nyc-mad01-sw1 TenGigabitEthernet1/1/3" in found["neighbour", f"port {bench.UPLINK}"].message


def test_an_unplanned_switch_shows():
    point, core = bench.neighbours()
    stranger = replace(core, port="GigabitEthernet1/0/1", device=replace(core.device, hostname="cheap"))
    world = bench.BenchWorld(neighbour_list=(point, core, stranger))
    world.linked.add("GigabitEthernet1/0/1")
    found = broken(switch_intent(), bench.switch(world))
    assert list(found) == [("no_unexpected_neighbours", "ports")]
    assert "cheap on GigabitEthernet1/0/1" in found["no_unexpected_neighbours", "ports"].message


def test_a_missing_gateway_a_deaf_server_and_a_lost_clock_show():
    config = bench.SWITCH_CONFIG.replace("ip default-gateway 10.44.19.1\n", "")
    world = bench.BenchWorld(neighbour_list=bench.neighbours(), answering={bench.GATEWAY})
    found = broken(switch_intent(), bench.switch(world, config=config))
    assert set(found) == {
        ("default_route", "default route"),
        ("ping", "NTP/DNS/syslog/RADIUS 10.0.0.5"),
        ("clock", "clock"),
    }
    assert "0 of 5 answered" in found["ping", "NTP/DNS/syslog/RADIUS 10.0.0.5"].message


def test_a_clock_without_servers_fails_and_is_not_an_error():
    found = broken(switch_intent(), bench.switch(config=bench.SWITCH_CONFIG.replace("ntp server 10.0.0.5\n", "")))
    assert found["clock", "clock"].status is Status.FAIL


def test_lldp_switched_off_fails_the_cabling():
    view = bench.switch()
    view = replace(view, state=replace(view.state, lldp=False))
    found = broken(switch_intent(), view)
    assert {kind for kind, _ in found} == {"neighbour", "no_unexpected_neighbours"}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (" security wpa akm sae\n no shutdown\n", " security wpa akm sae\n", "ssid"),
        (" security wpa akm sae\n", " security wpa akm psk\n", "ssid"),
        ("wlan staff 2 Maison-Staff", "wlan staff 2 Maison-Guest", "ssid"),
        (" vlan staff\n", " vlan guest\n", "ssid_vlan"),
        (" vlan staff\n no shutdown\n", " vlan staff\n", "ssid_vlan"),
    ],
)
def test_a_wrong_ssid_shows(old, new, kind):
    config = bench.CONTROLLER_CONFIG + "ntp server 10.0.0.5\n"
    assert old in config
    found = broken(controller_intent(), bench.controller(config=config.replace(old, new)))
    assert {each for each, _ in found} == {kind}


def test_an_access_point_that_has_not_joined_shows():
    world = bench.BenchWorld(answering={bench.NTP, bench.GATEWAY, IPv4Address("10.0.0.6")})
    config = bench.CONTROLLER_CONFIG + "ntp server 10.0.0.5\n"
    found = broken(controller_intent(), bench.controller(world, config=config))
    assert {kind for kind, _ in found} == {"access_point"}
