"""What the lab's Arista switches print has the form of what real ones printed.

Text: the recording and our answer go through the same ntc-templates template, and the same fields must be filled.
Data: every key of ours is one that a real box has. What our box has nothing to say of is named.
"""

import json
from dataclasses import dataclass

import pytest
import yaml
from tests.captures import read_capture

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.config import parse
from siteauto.core.platform_spec import Ntc
from siteauto.lab.devices.arista_eos.typist import RefusedError
from siteauto.platforms.arista_eos import PLATFORM

NTC = "ntc-templates/arista_eos"
NAPALM = "napalm/eos/mocked_data"


@dataclass(frozen=True, kw_only=True)
class Replay:
    command: str
    recording: str
    absent: frozenset[str] = frozenset()  # fields that our box leaves empty
    why: str = ""


REPLAYS = (
    Replay(command="show version", recording="show_version/arista_eos_show_version3"),
    Replay(command="show vlan", recording="show_vlan/arista_eos_show_vlan"),
    Replay(
        command="show interfaces status",
        recording="show_interfaces_status/arista_eos_show_interfaces_status",
    ),
    Replay(
        command="show interfaces description",
        recording="show_interfaces_description/arista_eos_show_interfaces_description",
    ),
    Replay(command="show ip interface brief", recording="show_ip_interface_brief/arista_eos_show_ip_interface_brief"),
    Replay(command="show lldp neighbors", recording="show_lldp_neighbors/arista_eos_show_lldp_neighbors2"),
    Replay(
        command="show lldp neighbors detail",
        recording="show_lldp_neighbors_detail/arista_eos_show_lldp_neighbors_detail",
    ),
    Replay(
        command="show ip route",
        recording="show_ip_route/arista_eos_show_ip_route5",
        absent=frozenset({"vrf"}),
        why="see the case below: VRF default is named in newer versions only",
    ),
    Replay(command="show clock", recording="show_clock/arista_eos_show_clock"),
)


def filled(text, command):
    rows = TextFsmParser().parse(PLATFORM, Ntc(), command, text)
    return {name for row in rows for name, value in row.items() if value}


@pytest.mark.parametrize("replay", REPLAYS, ids=lambda one: one.command)
def test_text_has_the_form_of_a_recording(replay, sw1):
    recorded = filled(read_capture(f"{NTC}/{replay.recording}.raw"), replay.command)
    ours = filled(sw1.type(replay.command), replay.command)
    assert recorded - replay.absent <= ours, f"we leave out {recorded - ours}"


def keys(value, path=""):
    """Every path of keys in a JSON value; keys that are names of ports, VLANs and the like count as one."""
    if isinstance(value, dict):
        named = [key for key in value if key[:1].isupper() or key[:1].isdigit()]
        for key, inner in value.items():
            here = f"{path}/{'*' if key in named or path.endswith(('users', 'sessions')) else key}"
            yield here
            yield from keys(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{path}[]")


DATA = {
    "show version": "show_version.json",
    "show hostname": "test_get_facts/normal/show_hostname.json",
    "show interfaces": "test_get_facts/normal/show_interfaces.json",
    "show vlan": "test_get_vlans/normal/show_vlan.json",
    "show lldp neighbors detail": "test_get_lldp_neighbors_detail/issue903/show_lldp_neighbors__detail.json",
    "show ip interface": "test_get_interfaces_ip/normal/show_ip_interface.json",
    "show users accounts": "test_get_users/normal/show_users_accounts.json",
}
# Of these the recording has other values, by which the keys differ.
ELSEWHERE = {"/lldpNeighbors/*/lldpNeighborInfo[]/systemCapabilities"}


@pytest.mark.parametrize("command", DATA)
def test_data_has_the_keys_of_a_recording(command, sw1):
    recorded = set(keys(json.loads(read_capture(f"{NAPALM}/{DATA[command]}"))))
    ours = set(keys(json.loads(sw1.type(f"{command} | json"))))
    assert {one for one in ours - recorded if not one.startswith(tuple(ELSEWHERE))} == set()


def test_a_recorded_running_configuration_is_taken(sw1):
    recording = yaml.safe_load(read_capture("oxidized/eos#DCS-7050SX3-48YC8_4.29.2F#simulation.yaml"))
    text = recording["commands"]["show running-config | no-more | exclude ! Time:\n"].split("\n", 1)[1]
    typist, refused = sw1.box.typist(), []
    typist.tree = parse(PLATFORM.config, "")
    for line in text.splitlines()[:-1]:
        try:
            typist.type("" if line == "end" else line)
        except RefusedError as error:
            refused.append(f"{line}: {error}")
    assert refused == []
    assert typist.tree.find("interface Management1", "ip address 192.0.2.10/24")
