"""What the platform file makes of recorded output of real boxes."""

import re

import pytest
from tests.captures import read_capture

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.readings import InterfaceReading, NeighbourReading, RouteReading, VlanReading
from siteauto.platforms.cisco_nxos import CHECKS, IDENTITY, PLATFORM

NTC = "ntc-templates/cisco_nxos"
CASES = {
    "interfaces": (
        "show_interface_status/cisco_nxos_show_interface_status.raw",
        InterfaceReading(
            name="Ethernet1/1", admin_up=False, link_up=False, mode="routed", vlan=None, state="disabled", fault=""
        ),
    ),
    "neighbours": (
        "show_lldp_neighbors_detail/cisco_nxos_show_lldp_neighbors_detail.raw",
        NeighbourReading(
            port="mgmt0", device="Switch.cisco.com", device_port="Fa1/0/9", capabilities=("bridge", "router")
        ),
    ),
    "routes": (
        "show_ip_route/cisco_nxos_show_ip_route_vrf.raw",
        RouteReading(prefix="0.0.0.0/0", next_hop="10.1.100.1", interface=""),
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_probe_reads_a_recording(kind):
    file, expected = CASES[kind]
    probe = CHECKS[kind]
    rows = TextFsmParser().parse(PLATFORM, probe.parser, probe.command, read_capture(f"{NTC}/{file}"))
    assert expected in probe.read(rows)


def test_vlan_1_is_the_boxs_own():
    text = read_capture(f"{NTC}/show_vlan/cisco_nxos_show_vlan2.raw")
    rows = TextFsmParser().parse(PLATFORM, CHECKS["vlans"].parser, "show vlan", text)
    assert rows
    assert CHECKS["vlans"].read(rows) == ()
    assert CHECKS["vlans"].read([{"vlan_id": "10", "vlan_name": "corp", "status": "active"}]) == (
        VlanReading(id=10, name="corp", active=True),
    )


@pytest.mark.parametrize(
    ("line", "model"),
    [("  cisco Nexus9000 C9348GC-FXP Chassis ", "N9K-C9348GC-FXP"), ("  cisco Nexus 6001 Chassis", "")],
)
def test_a_box_is_known_by_what_it_calls_itself(line, model):
    found = re.search(IDENTITY.model, line, re.MULTILINE)
    assert found is not None
    known = PLATFORM.hardware_of(PLATFORM.model_named(found["model"]))
    assert (known.model if known else "") == model


def test_no_other_failure_than_a_complaint_stops_lines():
    complaints = [
        "% Invalid command at '^' marker.",
        "                 ^\n% Incomplete command at '^' marker.",
        "ERROR: no",
    ]
    harmless = ["Copy complete.", "Enter configuration commands, one per line. End with CNTL/Z.", ""]
    says_no = [any(re.search(one, text, re.MULTILINE) for one in PLATFORM.failures) for text in complaints + harmless]
    assert says_no == [True] * 3 + [False] * 3
