import pytest

from siteauto.core.models import Role, SiteName
from siteauto.core.site.naming import SITE_NAME, device_name, is_short_name
from siteauto.core.site.port_names import full_port_name, split_range
from siteauto.core.site.problems import nearest

PORTS = ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2", "TenGigabitEthernet1/1/1", "wan1", "internal1", "a")


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("1/0/9-11", ("1/0/9", "1/0/10", "1/0/11")),
        ("1/0/9", ("1/0/9",)),
        ("internal2-3", ("internal2", "internal3")),
        ("wan1", ("wan1",)),
        ("1/0/3-2", ()),
        ("1-99999999999", ()),
    ],
)
def test_ranges(text, ports):
    assert split_range(text) == ports


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1/0/2", "GigabitEthernet1/0/2"),
        ("1/1/1", "TenGigabitEthernet1/1/1"),
        ("wan1", "wan1"),
        ("1", None),  # wan1 or internal1
        ("", None),
        ("1/0/3", None),
    ],
)
def test_short_port_names(text, name):
    assert full_port_name(text, PORTS) == name


def test_names():
    assert device_name(SiteName("us-nyc-mad01"), "sw1") == "us-nyc-mad01-sw1"
    assert SITE_NAME.fullmatch("us-nyc-mad01")
    assert not SITE_NAME.fullmatch("us-nyc-mad1")
    assert is_short_name("ap12", Role.AP)
    assert not is_short_name("ap0", Role.AP)
    assert not is_short_name("fw1", Role.CORE)


def test_suggestions():
    assert nearest("serail", ["model", "serial"]) == "did you mean serial?"
    assert nearest("zzz", ["model", "serial"]) == "known here: model, serial"
    assert nearest("zzz", [str(n) for n in range(50)]) == ""
    assert nearest("zzz", []) == ""
