"""The answers have the form of the recordings: ntc-templates reads both, unchanged, and finds the same things in both."""

import pytest
from tests.captures import read_capture

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.config import parse, to_text
from siteauto.core.platform_spec import Ntc
from siteauto.platforms.aruba_aoscx import CHECKS, PLATFORM

RECORDED = {
    "show interface": ["show_interface/show_interface3.raw", "show_interface/show_interface5.raw"],
    "show vlan": ["show_vlan/show_vlan.raw"],
    "show mac-address-table": ["show_mac-address-table/show_mac-address-table.raw"],
    "show ip route all-vrfs": ["show_ip_route_all-vrfs/show_ip_route_all-vrfs.raw"],
    "show ntp associations": ["show_ntp_associations/show_ntp_associations.raw"],
    "show system": ["show_system/show_system5.raw", "show_system/show_system.raw"],
}
CASES = [(command, file) for command, files in RECORDED.items() for file in files]


def rows_of(command: str, text: str):
    return TextFsmParser().parse(PLATFORM, Ntc(), command, text)


@pytest.mark.parametrize(("command", "file"), CASES)
def test_ours_is_read_as_the_recorded_one(command, file, typed):
    recorded = rows_of(command, read_capture(f"ntc-templates/aruba_aoscx/{file}"))
    ours = rows_of(command, typed(command))
    assert ours
    told = {name for row in recorded for name, value in row.items() if value}
    unsaid = {name for name in told if not any(row[name] for row in ours)}
    assert unsaid <= {
        "secondary_ip_address",
        "rx_filtered",
        "tx_filtered",
        "aggregated_interfaces",
        "contact",
        "location",
        "tx_crc_fcs",
        "uptime_weeks",
        "uptime_days",
        "uptime_hours",
        "uptime_minutes",
        "vrf",
    }, unsaid


def test_lldp_is_read_as_the_recorded_one(typed):
    """Without the neighbour's second line about itself, at which ntc-templates gives up."""
    text = "\n".join(line for line in typed("show lldp neighbor-info detail").splitlines() if "Support" not in line)
    recorded = read_capture(
        "ntc-templates/aruba_aoscx/show_lldp_neighbors-info_detail/show_lldp_neighbors-info_detail.raw"
    )
    command = "show lldp neighbor-info detail"
    assert set(rows_of(command, text)[0]) == set(rows_of(command, recorded)[0])
    assert all(rows_of(command, text)[0].values())


@pytest.mark.parametrize("kind", ["interfaces", "neighbours", "clock", "trunks"])
def test_our_own_templates_read_the_recordings(kind):
    files = {
        "interfaces": "show_interface/show_interface3.raw",
        "trunks": "show_interface/show_interface1.raw",
        "neighbours": "show_lldp_neighbors-info_detail/show_lldp_neighbors-info_detail.raw",
        "clock": "show_ntp_associations/show_ntp_associations.raw",
    }
    text, probe = read_capture(f"ntc-templates/aruba_aoscx/{files[kind]}"), CHECKS[kind]
    readings = probe.read(TextFsmParser().parse(PLATFORM, probe.parser, probe.command, text))
    assert readings
    match kind:
        case "interfaces":
            assert [(one.name, one.mode, one.link_up) for one in readings[:2]] == [
                ("1/1/1", "trunk", False),
                ("1/1/2", "access", True),
            ]
        case "neighbours":
            assert ("1/1/52", "rtr-agg-0620-a", "1/1/1") in [
                (one.port, one.device, one.device_port) for one in readings
            ]
            assert ("1/1/1", "ap-9999-335-fe", "eth0") in [(one.port, one.device, one.device_port) for one in readings]
        case "trunks":
            assert ("1/1/2", 2016, (19, 23, 24, 2016)) in [(one.port, one.native_vlan, one.allowed) for one in readings]
        case "clock":
            assert readings[0].synchronised
            assert readings[0].server == "10.0.0.1"


def test_the_configuration_has_the_frame_of_a_recorded_one(typed):
    recorded = read_capture("oxidized/aoscx#6100-48G_PL.10.10.1090#output.txt")
    ours = typed("show running-config").splitlines()
    assert ours[0] == "Current configuration:"
    assert [line for line in ours[1:4] if line.rpartition(" ")[0] in recorded] == ours[1:4]
    assert ours[-1] == "https-server vrf default"
    tree = parse(PLATFORM.config, "\n".join(ours))
    assert to_text(parse(PLATFORM.config, to_text(tree))) == to_text(tree)
