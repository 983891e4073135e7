"""What one copy of another tool's repository is worth."""

import pytest

from siteauto.core.models import PlatformName
from siteauto.core.way_in.old_copies import find_readable, guess_platform, judge
from siteauto.core.way_in.other_names import oxidized, platform_of, rancid
from siteauto.platforms import load_platforms

PLATFORMS = load_platforms()
IOS = PLATFORMS[PlatformName("cisco_ios")]
WHOLE = {
    "cisco_ios": "version 17.9\nhostname sw1\ninterface Gi1/0/1\nend\n",
    "cisco_nxos": "!Command: show running-config\nversion 10.3(4a)\nhostname sw1\nvlan 1\n",
    "arista_eos": "! device: sw1\nhostname sw1\n!\nend\n",
    "juniper_junos": "version 23.4R2;\nsystem {\n    host-name sw1;\n}\n",
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_platform_is_known_by_what_a_whole_copy_looks_like(name):
    found = guess_platform(PLATFORMS.values(), ["", WHOLE[name]])
    assert found is not None
    assert found.name == name


def test_half_a_copy_tells_no_platform_but_rancid_says_which_it_was():
    half = "!RANCID-CONTENT-TYPE: juniper\n#\nversion 23.4R2;\nsystem {\n"
    assert guess_platform(PLATFORMS.values(), ["interfaces {\n", "nothing"]) is None
    assert guess_platform(PLATFORMS.values(), [half]) is PLATFORMS[PlatformName("juniper_junos")]


def test_comments_that_another_tool_writes_behind_a_copy_are_no_defect():
    junos = PLATFORMS[PlatformName("juniper_junos")]
    assert judge(junos, WHOLE["juniper_junos"] + "# Model: ex4300\n# Serial: X\n").defects == ()
    assert judge(junos, WHOLE["juniper_junos"] + "interfaces {\n# Model: ex4300\n").defects != ()


@pytest.mark.parametrize(
    "line",
    [
        "snmp-server community <removed> RO",
        "enable secret 5 <secret hidden>",
        "enable secret 9 $9$abcdefghijklmn$0123456789012345678901234567890123456789abc",
        "!enable password 7 <removed>",
        "username ops secret secret://us-nyc-mad01/ops",
    ],
)
def test_what_is_masked_or_a_hash_is_not_readable(line):
    assert list(find_readable(IOS.config, f"{line}\n")) == []


def test_what_is_readable_is_told_by_line_and_kind():
    found = list(find_readable(IOS.config, "hostname a\nbanner motd ^C\nhello\n^C\nenable password 7 13061E010803\n"))
    assert [(one.line, one.place, one.kind) for one in found] == [
        (5, "enable password 7 ‹…›", "type 7, which anybody can turn back")
    ]


def test_names_of_other_tools_lead_to_platforms_that_there_are_and_to_no_others():
    assert platform_of("IOS", PLATFORMS, oxidized) == "cisco_ios"
    assert platform_of("cisco_ios", PLATFORMS, oxidized) == "cisco_ios"
    assert platform_of("ios", {}, oxidized) is None
    assert platform_of("paloalto", PLATFORMS, rancid) == "paloalto_panos"


@pytest.mark.parametrize("tool", [oxidized, rancid])
def test_no_two_platforms_claim_one_name_of_another_tool(tool):
    names = [name for one in PLATFORMS.values() for name in tool(one.names)]
    assert sorted(set(names)) == sorted(names)
