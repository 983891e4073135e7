"""Which answer belongs to which command, whatever a device sends when."""

from dataclasses import replace
from ipaddress import IPv4Interface
from pathlib import Path

import pytest

from siteauto.adapters import netmiko_terminal
from siteauto.adapters.netmiko_terminal import Terminal
from siteauto.core.errors import UnreachableError
from siteauto.core.models import Device, DeviceName, PlatformName, Role
from siteauto.core.ports import Target
from siteauto.platforms import load_platforms

PLATFORM = load_platforms()[PlatformName("cisco_ios")]
DEVICE = Device(
    name=DeviceName("us-nyc-mad01-sw1"),
    short="sw1",
    role=Role.CORE,
    platform=PLATFORM.name,
    model="C9300-24P",
    serial="FOC2233X0AB",
    address=IPv4Interface("10.44.19.34/27"),
)
TARGET = Target(
    device=DEVICE, platform=PLATFORM, host="127.0.0.1", port=1, credentials=(), known_hosts=Path("none"), timeout=0.2
)
CLOCK = "10:00:00 UTC\n"


class Connection:
    """A Netmiko connection of which a test says what arrives after each line that was written."""

    RETURN = "\n"
    remote_conn = channel = None

    def __init__(self, answers, late=()):
        self.answers, self.arriving = answers, list(late)

    def find_prompt(self):
        return "sw1#"

    def write_channel(self, text):
        self.arriving += self.answers[text.removesuffix("\n")]

    def read_channel(self):
        return self.arriving.pop(0) if self.arriving else ""


def terminal(answers, late=()):
    return Terminal(Connection(answers, late), TARGET)


def test_late_prompts_are_nobodys_answer():
    """A slow device, and Netmiko that pressed Enter three times before the first prompt came."""
    answers = {"show clock": ["show clock\n", CLOCK, "sw1#"]}
    assert terminal(answers, late=["\nsw1#", "\nsw1#", "\nsw1#"]).run("show clock") == CLOCK


def test_an_answer_may_come_in_any_pieces():
    whole = "show clock\n" + CLOCK + "sw1#"
    assert terminal({"show clock": list(whole)}, late="\nsw1#").run("show clock") == CLOCK


def test_an_echo_that_the_device_breaks_up_is_known():
    answers = {"show clock detail": ["sw1#show clock \r", " detail\n", CLOCK, "sw1#"]}
    assert terminal(answers).run("show clock detail") == CLOCK


def test_questions_are_answered_in_their_order():
    answers = {
        "copy a running-config": ["copy a running-config\n", "Destination filename [running-config]? "],
        "": ["\nThis removes a user. [confirm]"],
        "y": ["y\n", "[OK]\nsw1#"],
    }
    said = terminal(answers, late=["\nsw1#"]).run(
        "copy a running-config", [(r"running-config\]\? $", ""), (r"\[confirm\]$", "y")]
    )
    assert said == "Destination filename [running-config]? This removes a user. [confirm][OK]\n"


def test_a_device_that_shows_nothing_of_what_is_typed_is_believed_after_a_while(monkeypatch):
    monkeypatch.setattr(netmiko_terminal, "UNHEARD", 0.0)
    assert terminal({"show clock": [CLOCK, "sw1#"]}).run("show clock") == CLOCK


def test_a_prompt_that_is_shown_twice_is_no_part_of_a_configuration(monkeypatch):
    monkeypatch.setattr(netmiko_terminal, "DOUBT", 60.0)
    command = PLATFORM.backup.running
    assert terminal({command: [f"{command}\n", "hostname sw1\nend\nsw1#\nsw1#"]}).run(command) == "hostname sw1\nend\n"


def test_silence_is_a_lost_session():
    with pytest.raises(UnreachableError, match="silence"):
        terminal({"show clock": ["show clock\n", "10:00"]}).run("show clock")


WARNING = "TIMER: two minutes left\n"


@pytest.mark.parametrize(
    "arriving",
    [
        ["sw1#", WARNING, "show clock\n", CLOCK, "sw1#"],  # behind the last prompt
        ["show cl", WARNING, "ock\n", CLOCK, "sw1#"],
        ["show clock\n", "10:00:00 ", WARNING, "UTC\nsw1#"],
        ["show clock\n", CLOCK + "sw1#" + WARNING],  # behind the new prompt, before anybody has looked
        ["show clock\n", CLOCK + "sw1#" + WARNING[:9], WARNING[9:]],
    ],
)
def test_what_the_device_throws_in_is_no_part_of_an_answer(arriving):
    platform = replace(PLATFORM, interruptions=(r"TIMER: .*\n",))
    said = Terminal(Connection({"show clock": arriving}), replace(TARGET, platform=platform)).run("show clock")
    assert said == CLOCK


def test_lines_are_typed_until_one_is_refused():
    answers = {
        "vlan 10": ["vlan 10\n", "sw1(config-vlan)#"],
        "nmae corp": ["nmae corp\n", "         ^\n% Invalid input detected at '^' marker.\n\nsw1(config-vlan)#"],
    }
    written = Terminal(Connection(answers), replace(TARGET, writable=True)).configure(["vlan 10", "nmae corp", "exit"])
    assert "% Invalid input" in written
