"""What the lab's Catalysts print has the form of what real ones printed.

The recording and our answer go through the same ntc-templates template: the same fields must be filled, and the heading
must be the same line. Where our box has nothing to say in a field, the case names it and why.
"""

import re
from dataclasses import dataclass

import pytest
from tests.captures import read_capture
from tests.unit.lab.ios_answers import bench

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.platform_spec import Ntc
from siteauto.lab.devices.cisco_ios.answers import ANSWERS, answer
from siteauto.platforms.cisco_ios import PLATFORM

NTC = "ntc-templates/cisco_ios"


@dataclass(frozen=True, kw_only=True)
class Replay:
    command: str
    recording: str
    heading: str = ""  # pattern of a line that must be the same in both
    absent: frozenset[str] = frozenset()  # fields that our box leaves empty
    why: str = ""
    controller: bool = False


REPLAYS = (
    Replay(
        command="show version",
        recording=f"{NTC}/show_version/cisco_ios_show_version4.raw",
        heading=r"^If you require further",
        absent=frozenset({"uptime_years"}),
        why="the box on the bench is up for days only",
    ),
    Replay(
        command="show interfaces status",
        recording=f"{NTC}/show_interfaces_status/cisco_ios_show_interfaces_status.raw",
        heading=r"^Port +Name",
    ),
    Replay(
        command="show interfaces description",
        recording=f"{NTC}/show_interfaces_description/cisco_ios_show_interfaces_description.raw",
        heading=r"^Interface +Status",
    ),
    Replay(
        command="show interfaces switchport",
        recording=f"{NTC}/show_interfaces_switchport/cisco_ios_show_interfaces_switchport_app_interfaces.raw",
        heading=r"^Switchport: Enabled",
    ),
    Replay(
        command="show interfaces",
        recording=f"{NTC}/show_interfaces/cisco_ios_show_interfaces4.raw",
        heading=r"^     reliability 255/255, txload 1/255",
        absent=frozenset({"vlan_id", "vlan_id_inner", "vlan_id_outer"}),
        why="subinterfaces: a switch has none",
    ),
    Replay(
        command="show ip interface brief",
        recording=f"{NTC}/show_ip_interface_brief/cisco_ios_show_ip_interface_brief.raw",
    ),
    Replay(command="show vlan", recording=f"{NTC}/show_vlan/cisco_ios_show_vlan.raw", heading=r"^VLAN (Name|Type)"),
    Replay(command="show vlan brief", recording=f"{NTC}/show_vlan/cisco_ios_show_vlan.raw", heading=r"^VLAN Name"),
    Replay(
        command="show lldp neighbors",
        recording=f"{NTC}/show_lldp_neighbors/cisco_ios_show_lldp_neighbors.raw",
        heading=r"^(Device ID|Capability codes:|    \()",
    ),
    Replay(
        command="show lldp neighbors detail",
        recording=f"{NTC}/show_lldp_neighbors_detail/cisco_ios_show_lldp_neighbors_detail_02.raw",
        heading=r"^(System Description|Auto Negotiation|Management Addresses:|-----)",
    ),
    Replay(
        command="show ip route",
        recording=f"{NTC}/show_ip_route/cisco_ios_show_ip_route1.raw",
        heading=r"^Codes:",
        controller=True,
    ),
    Replay(command="show ip arp", recording=f"{NTC}/show_ip_arp/cisco_ios_show_ip_arp.raw"),
    Replay(
        command="show mac address-table",
        recording=f"{NTC}/show_mac-address-table/cisco_ios_show_mac-address-table6.raw",
        heading=r"^(Vlan    Mac|----    ---|  *Mac Address Table)",
    ),
    Replay(
        command="ping 10.44.19.1",
        recording=f"{NTC}/ping/cisco_ios_ping.raw",
        heading=r"^Type escape",
    ),
    Replay(
        command="ping 10.44.19.1 repeat 200 size 1500",
        recording=f"{NTC}/ping/cisco_ios_ping_200.raw",
        heading=r"^!{70}$",
    ),
    Replay(
        command="ping 10.44.19.9 source 10.44.19.3",
        recording=f"{NTC}/ping/cisco_ios_ping_source_fail.raw",
        absent=frozenset({"rtt_min", "rtt_avg", "rtt_max"}),
        why="that recording was edited: no box gives times for packets that did not come back (see ping_quench)",
    ),
    Replay(
        command="show processes cpu",
        recording=f"{NTC}/show_processes_cpu/cisco_ios_show_processes_cpu.raw",
        heading=r"^ *PID Runtime",
    ),
    Replay(
        command="show environment temperature",
        recording=f"{NTC}/show_environment_temperature/cisco_ios_show_environment_temperature.raw",
        heading=r"^Temperature State: GREEN",
    ),
    Replay(
        command="show environment power all",
        recording=f"{NTC}/show_environment_power_all/cisco_ios_show_environment_power_all.raw",
        heading=r"^(SW  PID|--  ---)",
    ),
    Replay(
        command="show power inline",
        recording=f"{NTC}/show_power_inline/cisco_ios_show_power_inline_whitespace.raw",
        heading=r"^(Interface Admin|Module   Available)",
    ),
    Replay(
        command="show snmp user",
        recording=f"{NTC}/show_snmp_user/cisco_ios_show_snmp_user.raw",
        absent=frozenset({"access_list"}),
        why="the lab keeps no access list of an SNMP user",
    ),
    Replay(command="show hosts summary", recording=f"{NTC}/show_hosts_summary/cisco_ios_show_hosts_summary.raw"),
    Replay(command="show clock", recording=f"{NTC}/show_clock/cisco_ios_show_clock.raw"),
    Replay(
        command="show boot",
        recording=f"{NTC}/show_boot/cisco_ios_show_boot_gibraltar.raw",
        heading=r"^(Current Boot Variables:|Boot Mode)",
    ),
    Replay(command="show inventory", recording=f"{NTC}/show_inventory/cisco_ios_show_inventory.raw"),
    Replay(
        command="show ap summary",
        recording=f"{NTC}/show_ap_summary/cisco_ios_show_ap_summary.raw",
        controller=True,
    ),
    Replay(
        command="show wireless tag policy summary",
        recording=f"{NTC}/show_wireless_tag_policy_summary/show_wireless_tag_policy_summary.raw",
        heading=r"^(Policy Tag Name|----)",
        controller=True,
    ),
)


def answered(replay):
    text = answer(replay.command, bench.controller() if replay.controller else bench.switch())
    assert text is not None
    return text


def filled(command, text):
    rows = TextFsmParser().parse(PLATFORM, Ntc(), command, text)
    return {name for row in rows for name, value in row.items() if value}


@pytest.mark.parametrize("replay", REPLAYS, ids=lambda replay: replay.command)
def test_the_same_fields_are_filled_as_in_the_recording(replay):
    recorded = filled(replay.command, read_capture(replay.recording))
    missing = recorded - filled(replay.command, answered(replay))
    assert missing == replay.absent & recorded, replay.why


@pytest.mark.parametrize("replay", [each for each in REPLAYS if each.heading], ids=lambda replay: replay.command)
def test_headings_are_the_same_lines_as_in_the_recording(replay):
    recorded, ours = (
        {line.rstrip() for line in text.splitlines() if re.search(replay.heading, line)}
        for text in (read_capture(replay.recording), answered(replay))
    )
    assert ours
    assert ours <= recorded


@pytest.mark.parametrize("source", sorted({each.source for each in ANSWERS}))
def test_every_answer_says_where_its_form_comes_from(source):
    kind, _, rest = source.partition(" ")
    assert kind in ("recording", "manual", "guess:")
    assert rest
    if kind == "recording":
        assert read_capture(rest)
