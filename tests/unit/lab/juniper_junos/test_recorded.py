"""Our answers against what real boxes printed: the same parsers, the same elements, their configuration taken."""

import re
from xml.etree import ElementTree as ET

import pytest
import yaml
from ntc_templates.parse import parse_output
from tests.captures import read_capture

from siteauto.lab.devices.juniper_junos.answers import ANSWERS
from siteauto.lab.devices.juniper_junos.loading import load_text
from siteauto.lab.devices.juniper_junos.replies import serialised
from siteauto.lab.devices.juniper_junos.rpc_operational import RPCS
from siteauto.platforms.juniper_junos import CONFIG

SRX = "oxidized/junos#srx300_22.4#simulation.yaml"
OURS_ALONE = {"name", "interface-information"}  # roots and keys that some recordings leave out
# Fields of other boxes, which NAPALM reads and this recording does not hold.
LATER = {
    "get-interface-information": {
        *("description", "logical-interface", "address-family", "address-family-name"),
        *("interface-address", "ifa-local", "ifa-destination"),
    },
}
RECORDED = [rpc for rpc in RPCS if rpc.source.startswith("recording")]


def test_a_recorded_configuration_is_taken_and_shown_again(device):
    commands = yaml.safe_load(read_capture(SRX))["commands"]
    text = next(answer for command, answer in commands.items() if command.startswith("show configuration"))
    text = text.replace('\\"', '"').partition("{master")[0]
    loaded = load_text(CONFIG, device.box.database.candidate, text, action="override")
    assert [(one.path, one.word) for one in loaded.complaints] == []
    assert len(loaded.tree.children) > 4


@pytest.mark.parametrize("rpc", RECORDED, ids=lambda rpc: rpc.tag)
def test_elements_are_those_that_a_real_box_has(device, rpc):
    recorded = ET.fromstring(re.sub(r"\sxmlns(:\w+)?=\"[^\"]*\"|junos:", "", read_capture(rpc.source.split()[1])))
    known = {element.tag for element in recorded.iter()}
    ours = ET.fromstring(serialised(rpc.make(device.box, ET.fromstring("<request/>"))))
    assert {element.tag for element in ours.iter()} - known <= OURS_ALONE | LATER.get(rpc.tag, set())


@pytest.mark.parametrize("command", ["show vlans", "show lldp neighbors", "show arp no-resolve"])
def test_ntc_templates_reads_ours_as_it_reads_theirs(device, shell, command):
    shell.receive("set cli screen-length 0")
    folder = command.replace(" ", "_")
    raw = read_capture(f"ntc-templates/juniper_junos/{folder}/juniper_junos_{folder}.raw")
    theirs = parse_output("juniper_junos", command, raw)
    ours = parse_output("juniper_junos", command, shell.receive(command).text)
    assert theirs
    assert not ours or set(ours[0]) == set(theirs[0])
    if command == "show vlans":
        assert [(one["vlan_name"], one["tag"]) for one in ours] == [("default", "1"), ("mgmt", "99"), ("native", "999")]


def test_every_answer_says_where_its_form_is_from():
    assert all(one.source.split()[0] in ("recording", "manual", "guess") for one in (*ANSWERS, *RPCS))
    for one in (*ANSWERS, *RPCS):
        if one.source.startswith("recording"):
            assert read_capture(one.source.split(maxsplit=1)[1])
