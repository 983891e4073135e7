"""The platform file against recorded output of real FortiGates."""

import re

import pytest
import yaml

from siteauto.core.completeness import find_defects
from siteauto.core.readings import NeighbourReading, PingReading
from siteauto.platforms.fortinet import PLATFORM

NTC = "ntc-templates/fortinet"


def transcript(captures):
    """The answers of the 91G that Oxidized recorded, by command, with the pager taken out."""
    text = (captures / "oxidized/fortigate#FortiGate-91G_7.4.7#simulation.yaml").read_text()
    answers = {}
    for entry in yaml.safe_load(text)["commands"]:
        for command, recorded in entry.items():
            answer = re.sub(r"\\r|\r", "", recorded).replace("\\x20", " ")
            if command == " ":
                last = next(reversed(answers))
                answers[last] = answers[last].replace("--More-- \n", "") + answer.lstrip()
            else:
                answers[command.strip()] = answer.partition("\n")[2]
    return {command: re.sub(r"\n[\w-]+ # ?$", "\n", answer) for command, answer in answers.items()}


@pytest.mark.parametrize(
    ("name", "model", "version"),
    [("7.4.8", "FGT-60F", "7.4.8"), ("7.0_40f", "FortiGate-40F", "7.0.15"), ("7.4", "FortiGate-60E-POE", "7.4.1")],
)
def test_identity(captures, name, model, version):
    text = (captures / NTC / "get_system_status" / f"fortinet_get_system_status_{name}.raw").read_text()
    identity = PLATFORM.identity
    assert PLATFORM.model_named(re.search(identity.model, text, re.MULTILINE)["model"]) == model
    assert re.search(identity.version, text, re.MULTILINE)["version"] == version
    assert re.search(identity.serial, text, re.MULTILINE)["serial"].startswith("FG")


def test_identity_of_the_91g(captures):
    text = transcript(captures)["get system status"]
    assert re.search(PLATFORM.identity.model, text, re.MULTILINE)["model"] == "FortiGate-91G"
    assert re.search(PLATFORM.identity.serial, text, re.MULTILINE)["serial"] == "FGT91GTK00000000"


def test_the_timer_is_for_standalone_boxes_of_its_versions_only(captures):
    expected = PLATFORM.push[0].suits[0].expect
    folder = captures / NTC / "get_system_status"
    taken = {
        file.stem.removeprefix("fortinet_get_system_status").strip("_")
        for file in folder.glob("*.raw")
        if re.search(expected, file.read_text(), re.MULTILINE)
    }
    assert taken == {"7.4", "7.4.8"}


def test_a_recorded_configuration_is_whole_and_half_of_it_is_not(captures):
    text = transcript(captures)["show | grep ."]
    assert find_defects(PLATFORM.backup, text) == ()
    lines = text.splitlines()
    for length in range(10, len(lines) - 3):
        assert find_defects(PLATFORM.backup, "\n".join(lines[:length]) + "\n")


@pytest.mark.parametrize(("name", "sent", "received"), [("", 5, 5), ("_unreachable", 5, 0), ("_sendto_failed", 10, 0)])
def test_ping(captures, read, name, sent, received):
    text = (captures / NTC / "execute_ping" / f"fortinet_execute_ping{name}.raw").read_text()
    assert read("ping", text, target="8.8.8.8") == (PingReading(sent=sent, received=received),)


def test_lldp(captures, read):
    (file,) = (captures / NTC / "diagnose_lldprx_port_neighbor_details_port-name").glob("*.raw")
    assert read("neighbours", file.read_text()) == (
        NeighbourReading(
            port="lan1", device="Switch", device_port="GigabitEthernet1/0/5", capabilities=("bridge", "router")
        ),
    )


def test_nothing_that_boxes_print_in_peace_counts_as_a_failure(captures):
    for file in (captures / NTC).glob("*/*.raw"):
        text = file.read_text(errors="replace")
        found = [pattern for pattern in PLATFORM.failures if re.search(pattern, text, re.MULTILINE)]
        assert not found, file.name
