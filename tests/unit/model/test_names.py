import pytest

from siteauto.core.models import PlatformName, Role, SiteName
from siteauto.core.platform_spec import Hardware
from siteauto.core.site.hardware import platform_of
from siteauto.core.site.naming import SITE_NAME, device_name, is_short_name
from siteauto.core.site.port_names import full_port_name, split_range
from siteauto.core.site.problems import nearest
from siteauto.platforms import load_platforms

PLATFORMS = load_platforms()
BOX = Hardware(
    model="M",
    roles=(Role.FIREWALL,),
    ports=("GigabitEthernet1/0/1", "GigabitEthernet1/0/2", "TenGigabitEthernet1/1/1", "wan1", "internal1", "a"),
)


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
    assert full_port_name(text, BOX) == name


@pytest.mark.parametrize(
    ("platform", "model", "names"),
    [
        ("cisco_ios", "C9200L-48P-4X", "GigabitEthernet1/0/25 TenGigabitEthernet1/1/2 GigabitEthernet1/0/7"),
        ("arista_eos", "CCS-720XP-48Y6", "Ethernet25 Ethernet50 Ethernet7"),
        ("juniper_junos", "EX3400-48P", "ge-0/0/24 xe-0/2/1 ge-0/0/6"),
        ("aruba_aoscx", "JL727A", "1/1/25 1/1/50 1/1/7"),
    ],
)
def test_an_archetype_speaks_of_any_vendors_ports(platform, model, names):
    box = PLATFORMS[PlatformName(platform)].hardware_of(model)
    port, uplink, own = names.split()
    assert (full_port_name("25", box), full_port_name("uplink2", box)) == (port, uplink)
    assert full_port_name(own.lstrip("abcdefghijklmnopqrstuvwxyzGE-"), box) == own
    assert full_port_name("49", box) in (None, "Ethernet49")


@pytest.mark.parametrize(
    ("platform", "model", "name"), [("fortinet", "FGT-60F", "wan2"), ("juniper_junos", "SRX300", "ge-0/0/7")]
)
def test_an_archetype_speaks_of_any_vendors_circuits(platform, model, name):
    box = PLATFORMS[PlatformName(platform)].hardware_of(model)
    assert full_port_name("wan2", box) == name
    assert full_port_name("2", box) is None


def test_the_model_says_which_system_runs_on_a_box():
    assert platform_of("C9300-24P", Role.CORE, PLATFORMS) == "cisco_ios"
    assert platform_of("FGT-60F", Role.FIREWALL, PLATFORMS) == "fortinet"
    assert platform_of("CW9166I", Role.AP, PLATFORMS) is None, "its controller speaks for it"
    assert platform_of("FGT-60F", Role.CORE, PLATFORMS) is None


def test_names():
    assert device_name(SiteName("us-nyc-mad01"), "sw1") == "us-nyc-mad01-sw1"
    assert SITE_NAME.fullmatch("us-nyc-mad01")
    assert not SITE_NAME.fullmatch("us-nyc-mad1")
    assert is_short_name("ap12", Role.AP)
    assert not is_short_name("ap0", Role.AP)
    assert not is_short_name("fw1", Role.CORE)


def test_suggestions():
    assert nearest("serail", ["model", "serial"]) == "Did you mean serial?"
    assert nearest("zzz", ["model", "serial"]) == "Known here: model, serial"
    assert nearest("zzz", [str(n) for n in range(50)]) == ""
    assert nearest("zzz", []) == ""
