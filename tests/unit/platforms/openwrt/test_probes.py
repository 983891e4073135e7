"""What OpenWrt's programs print, in forms that real boxes were seen to print, and what is read from it."""

import pytest

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.guard import is_read_only
from siteauto.core.readings import InterfaceReading, NeighbourReading, PingReading, RouteReading, SsidReading
from siteauto.platforms.openwrt import CHECKS, PLATFORM

LINKS = """\
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1504 qdisc mq state UP qlen 1000
    link/ether 24:f5:a2:0d:9d:34 brd ff:ff:ff:ff:ff:ff
3: lan1@eth0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue master br-lan state LOWERLAYERDOWN qlen 1000
    link/ether 24:f5:a2:0d:9d:35 brd ff:ff:ff:ff:ff:ff
4: lan2@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master br-lan state UP qlen 1000
    link/ether 24:f5:a2:0d:9d:35 brd ff:ff:ff:ff:ff:ff
5: lan3@eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN qlen 1000
    link/ether 24:f5:a2:0d:9d:35 brd ff:ff:ff:ff:ff:ff
"""

NEIGHBOURS = """\
lldp.lan1.via=LLDP
lldp.lan1.rid=1
lldp.lan1.age=17 days, 09:36:51
lldp.lan1.chassis.mac=aa:aa:aa:00:00:01
lldp.lan1.chassis.name=us-nyc-tst01-sw1.net.example
lldp.lan1.chassis.descr=Cisco IOS Software
lldp.lan1.chassis.mgmt-ip=10.99.99.1
lldp.lan1.chassis.Bridge.enabled=on
lldp.lan1.chassis.Router.enabled=off
lldp.lan1.port.ifname=Gi1/0/9
lldp.lan1.port.descr=GigabitEthernet1/0/9
lldp.lan1.port.auto-negotiation.supported=no
lldp.lan2.via=LLDP
lldp.lan2.rid=2
lldp.lan2.chassis.mac=aa:aa:aa:00:00:02
lldp.lan2.chassis.name=leaf-1
lldp.lan2.chassis.Bridge.enabled=on
lldp.lan2.chassis.Wlan.enabled=on
lldp.lan2.port.local=Eth1/39
lldp.lan2.port.descr=to somewhere
"""

AIR = """\
phy0.1-ap0 ESSID: unknown
          Access Point: FE:2B:1F:78:00:6D
          Mode: Master  Channel: 40 (5.200 GHz)  HT Mode: EHT80
          Center Channel 1: 42 2: unknown
          Tx-Power: 20 dBm  Link Quality: 49/70
          Signal: -61 dBm  Noise: -82 dBm
          Bit Rate: 780.0 MBit/s
          Encryption: unknown
          Type: nl80211  HW Mode(s): 802.11ac/ax/b/be/g/n
          Hardware: 14C3:7990 14C3:6639 [MediaTek MT7996E]
          TX power offset: none
          Frequency offset: none
          Supports VAPs: yes  PHY name: phy0

phy1-ap0  ESSID: "Old & slow"
          Access Point: 94:83:C4:00:00:12
          Mode: Master  Channel: 6 (2.437 GHz)  HT Mode: HE20
          Encryption: mixed WPA2/WPA3 PSK/SAE (CCMP)

phy1-ap1  ESSID: "Guests"
          Access Point: 94:83:C4:00:00:13
          Mode: Master  Channel: 37 (6.135 GHz)  HT Mode: HE80
          Encryption: WPA3 OWE (CCMP)

{
\t"type": "bridge",
\t"bridge-vlans": [
\t\t{
\t\t\t"id": 50,
\t\t\t"local": true,
\t\t\t"ports": [
\t\t\t\t"lan1:t",
\t\t\t\t"phy1-ap1:*"
\t\t\t]
\t\t}
\t]
}
"""


def readings(kind, text):
    return CHECKS[kind].read(TextFsmParser().parse(PLATFORM, CHECKS[kind].parser, kind, text))


def test_ports_are_shut_dark_or_up():
    found = {one.name: one for one in readings("interfaces", LINKS)}
    assert [found[port] for port in ("lan1", "lan2", "lan3")] == [
        InterfaceReading(name="lan1", admin_up=True, link_up=False),
        InterfaceReading(name="lan2", admin_up=True, link_up=True),
        InterfaceReading(name="lan3", admin_up=False, link_up=False),
    ]


def test_neighbours_name_their_port_by_whatever_kind_of_id():
    assert readings("neighbours", NEIGHBOURS) == (
        NeighbourReading(
            port="lan1", device="us-nyc-tst01-sw1.net.example", device_port="Gi1/0/9", capabilities=("bridge",)
        ),
        NeighbourReading(port="lan2", device="leaf-1", device_port="Eth1/39", capabilities=("bridge", "wlan-ap")),
    )


def test_what_is_on_air_has_its_band_security_and_vlan():
    assert readings("ssids", AIR) == (
        SsidReading(
            wlan_id=0,
            profile="",
            ssid="Old & slow",
            enabled=True,
            security="mixed WPA2/WPA3 PSK/SAE (CCMP)",
            band="2.4",
        ),
        SsidReading(wlan_id=0, profile="", ssid="Guests", enabled=True, security="owe", vlan="50", band="6"),
    )


def test_pings_routes_and_nothing_at_all():
    ping = "PING 10.0.0.1 (10.0.0.1): 56 data bytes\n\n--- 10.0.0.1 ping statistics ---\n"
    assert readings("ping", ping + "5 packets transmitted, 0 packets received, 100% packet loss\n") == (
        PingReading(sent=5, received=0),
    )
    assert readings("routes", "default via 10.0.0.1 dev br-lan.99 \n10.0.0.0/27 dev br-lan.99 scope link \n")[0] == (
        RouteReading(prefix="0.0.0.0/0", next_hop="10.0.0.1", interface="br-lan.99")
    )
    assert readings("neighbours", "") == ()
    assert readings("ssids", '{\n\t"type": "bridge"\n}\n') == ()


@pytest.mark.parametrize("leap", ["Normal", "Not synchronised"])
def test_the_clock_follows_the_server_that_chrony_names(leap):
    (clock,) = readings(
        "clock", f"Reference ID    : 0A0A000B (10.10.0.11)\nStratum         : 3\nLeap status     : {leap}\n"
    )
    assert (clock.synchronised, clock.server, clock.stratum) == (leap == "Normal", "10.10.0.11", 3)


@pytest.mark.parametrize(
    "command",
    [
        "uci set network.lan.proto='dhcp'",
        "uci export && reboot",
        "ubus call uci apply",
        "ubus -S call uci rollback '{}'; echo $?",
        "ip link set lan1 down",
        "iwinfo; reboot",
        "cat /etc/shadow",
    ],
)
def test_nothing_that_changes_the_box_or_shows_its_passwords_is_a_question(command):
    assert not is_read_only(PLATFORM, command)


def test_every_question_that_is_planned_may_be_asked():
    asked = [probe.command.format(target="10.0.0.1") for probe in CHECKS.values()]
    method = PLATFORM.push[0]
    asked += [PLATFORM.identity.command, PLATFORM.backup.running, *(step.send for step in method.preflight)]
    assert [command for command in asked if not is_read_only(PLATFORM, command)] == []
