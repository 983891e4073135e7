"""The parser: rows with lower-case keys, or a clear error; never an empty answer for text that does not fit."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.errors import DeviceError
from siteauto.core.platform_spec import Getter, Ntc, TextFsm
from siteauto.platforms.cisco_ios import PLATFORM

STATUS = """\
Port      Name               Status       Vlan       Duplex  Speed Type
Gi1/0/1                      notconnect   1            auto   auto 10/100/1000BaseTX
"""
LLDP = "------------------------------------------------\nLocal Intf: Gi1/0/1\n\nTotal entries displayed: 1\n"
TEMPLATE = "Value STATE (up|down)\n\nStart\n  ^Link is ${STATE} -> Record\n  ^. -> Error\n"


def parse(parser, command, text):
    return TextFsmParser().parse(PLATFORM, parser, command, text)


def test_ntc_templates_are_found_by_command():
    (row,) = parse(Ntc(), "show interfaces status", STATUS)
    assert (row["port"], row["status"], row["vlan_id"]) == ("Gi1/0/1", "notconnect", "1")


def test_a_template_of_the_platform_file():
    assert parse(TextFsm(template=TEMPLATE), "show link", "Link is up\n") == [{"state": "up"}]


@pytest.mark.parametrize(
    ("parser", "command", "text"),
    [
        (Ntc(), "show interfaces status", "something else\n"),
        (Ntc(), "show nothing that is known", "text\n"),
        (TextFsm(template=TEMPLATE), "show link", "Link is broken\n"),
        (TextFsm(template="Value STATE\n"), "show link", "Link is up\n"),
        (Getter(), "get_facts", "text"),
    ],
    ids=["does not fit", "no template", "does not fit the own one", "broken template", "getter"],
)
def test_what_cannot_be_parsed_is_an_error(parser, command, text):
    with pytest.raises(DeviceError) as error:
        parse(parser, command, text)
    assert command in str(error.value)


def test_threads_do_not_mix_their_answers():
    parser = TextFsmParser()

    def one(number):
        if number % 2:
            return parser.parse(PLATFORM, Ntc(), "show interfaces status", STATUS)[0]["port"]
        return parser.parse(PLATFORM, Ntc(), "show lldp neighbors detail", LLDP)[-1]["local_interface"]

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(one, range(40))) == {"Gi1/0/1"}
