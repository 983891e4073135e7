"""The rules of the platform file on texts written here: documented forms for which there is no recording."""

import re

import pytest

from siteauto.core.guard import is_read_only
from siteauto.core.readings import ClockReading, InterfaceReading, PolicyReading, RouteReading
from siteauto.platforms.fortinet import PLATFORM

NETLINK = """if=wan1 family=00 type=1 index=3 mtu=1500 link=0 master=0
ref=26 state=start present fw_flags=10000000 flags=up broadcast run multicast
Qdisc=mq hw_addr=00:0c:29:fc:18:54 broadcast_addr=ff:ff:ff:ff:ff:ff

if=wan2 family=00 type=1 index=4 mtu=1500 link=0 master=0
flags=broadcast multicast

if=vl99-mgmt family=00 type=1 index=9 mtu=1500 link=3 master=0
ref=19 state=start present fw_flags=0 flags=up broadcast multicast
"""

ROUTES = """Codes: K - kernel, C - connected, S - static, R - RIP, B - BGP
       O - OSPF, IA - OSPF inter area
       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2
       E1 - OSPF external type 1, E2 - OSPF external type 2
       i - IS-IS, L1 - IS-IS level-1, L2 - IS-IS level-2, ia - IS-IS inter area
       * - candidate default

Routing table for VRF=0
S*      0.0.0.0/0 [10/0] via 198.51.100.1, wan1, [1/0]
C       10.44.19.0/27 is directly connected, vl99-mgmt
"""

POLICIES = """config firewall policy
    edit 10
        set name "corp to internet"
        set uuid 98a1488e-66de-51ec-8ed1-a2ce611586a4
        set srcintf "corp"
        set dstintf "internet"
        set action accept
        set srcaddr "net-corp" "net-staff"
        set dstaddr "all"
        set schedule "always"
        set service "HTTP" "HTTPS"
        set logtraffic all
        set nat enable
    next
    edit 9999
        set status disable
        set name "deny"
        set srcintf "any"
        set dstintf "any"
        set srcaddr "all"
        set dstaddr "all"
        set schedule "always"
        set service "ALL"
    next
end
"""


def test_interfaces(read):
    assert read("interfaces", NETLINK) == (
        InterfaceReading(name="wan1", admin_up=True, link_up=True),
        InterfaceReading(name="wan2", admin_up=False, link_up=False),
        InterfaceReading(name="vl99-mgmt", admin_up=True, link_up=False),
    )


def test_routes(read):
    assert read("routes", ROUTES) == (
        RouteReading(prefix="0.0.0.0/0", next_hop="198.51.100.1", interface="wan1"),
        RouteReading(prefix="10.44.19.0/27", next_hop="", interface="vl99-mgmt"),
    )


def test_policies(read):
    first, last = read("policies", POLICIES)
    assert first == PolicyReading(
        id=10,
        name="corp to internet",
        accept=True,
        source_zone="corp",
        destination_zone="internet",
        sources=("net-corp", "net-staff"),
        destinations=("all",),
        services=("HTTP", "HTTPS"),
        nat=True,
        enabled=True,
        logged=True,
    )
    assert (last.accept, last.enabled, last.logged, last.nat) == (False, False, False, False)


SYNCHRONISED = """synchronized: yes, ntpsync: enabled, server-mode: enabled

ipv4 server(10.10.0.9) unresolved -- unreachable(0x0) S:0 T:3
        no data
ipv4 server(192.168.100.230) 192.168.100.230 -- reachable(0x1) S:1 T:689 selected
        server-version=3, stratum=1
        clock offset is -0.575193 sec, root delay is 0.000000 sec
ipv4 server(10.10.0.8) 10.10.0.8 -- reachable(0x1) S:1 T:2
        server-version=4, stratum=5
"""
UNSYNCHRONISED = "synchronized: no, ntpsync: enabled, server-mode: disabled\n\n"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (SYNCHRONISED, ClockReading(synchronised=True, server="192.168.100.230", stratum=1)),
        (UNSYNCHRONISED, ClockReading(synchronised=False)),
    ],
)
def test_clock(read, text, reading):
    assert read("clock", text) == (reading,)


def test_an_answer_without_anything_known_yields_nothing(read):
    for name in ("interfaces", "neighbours", "policies", "clock"):
        assert read(name, "\ncommand parse error before 'x'\nCommand fail. Return code -61\n") == ()


@pytest.mark.parametrize(
    "command",
    [
        PLATFORM.identity.command,
        PLATFORM.backup.running,
        *(probe.command.format(target="10.44.19.1") for probe in PLATFORM.checks.values()),
        PLATFORM.push[0].pending.send.format(token="20261123-120000-abc123"),
        "get system status | grep Virtual",
    ],
)
def test_questions_may_be_asked_at_any_time(command):
    assert is_read_only(PLATFORM, command)


@pytest.mark.parametrize(
    "command",
    [
        "config system global",
        "execute reboot",
        "execute restore config flash 1",
        "execute backup config flash x",
        "execute ping 10.0.0.1\nconfig system global",
        "diagnose sys kill 9 1",
        "show ; execute reboot",
    ],
)
def test_nothing_else_may(command):
    assert not is_read_only(PLATFORM, command)


@pytest.mark.parametrize(
    "printed",
    [
        "\ncommand parse error before 'foo'\nCommand fail. Return code -61\n",
        "node_check_object fail! for name homeNetwork\n\nvalue parse error before 'homeNetwork'\nCommand fail. Return code -651\n",
        "The entry is used by other 2 entries\nCommand fail. Return code -23\n",
        "Unknown action 0\n",
        "object set operator error, -8, discard the setting\n",
        "config transaction id=1 has expired\n",
    ],
)
def test_refusals_are_failures(printed):
    assert any(re.search(pattern, printed, re.MULTILINE) for pattern in PLATFORM.failures)


def test_names_of_the_undo_fit_into_what_the_box_keeps():
    names = {step.send for step in PLATFORM.push[0].confirm if "siteauto" in step.send}
    assert names == {'delete "siteauto-{token}"'}
    assert len("siteauto-") + 26 <= 35
