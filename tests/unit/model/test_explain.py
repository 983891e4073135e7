"""Every level that could say a value, the one that does, and what a derived value is made from."""

import shutil
from pathlib import Path

import pytest

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.core.errors import InputError, UsageError
from siteauto.core.models import SiteName
from siteauto.platforms import load_platforms
from siteauto.reporters.explanation import explanation_data, explanation_text

BASE = Path(__file__).parents[2] / "golden" / "errors" / "base"
SITE = SiteName("us-nyc-mad01")


@pytest.fixture
def root(tmp_path):
    shutil.copytree(BASE, tmp_path / "inventory")
    return tmp_path / "inventory"


@pytest.fixture
def explain(root):
    return lambda path: YamlInventory(root, load_platforms()).explain(SITE, path.split("."))


def spots(explanation):
    return [(each.name, each.place and f"{each.place.file}:{each.place.line}") for each in explanation.levels]


def test_the_nearest_level_wins_and_all_are_shown(explain, root):
    path = root / "sites" / f"{SITE}.yaml"
    path.write_text(path.read_text() + "vlans: {corp: {zone: pci}}\n")
    found = explain("vlans.corp.zone")
    assert (found.value, found.origin) == ("pci", "site")
    assert spots(found) == [
        ("organisation", None),
        ("archetype", "inventory/archetypes/boutique-m.yaml:3"),
        ("site", "inventory/sites/us-nyc-mad01.yaml:19"),
    ]


def test_what_the_lock_pins_says_so_and_how_it_came_about(explain, root):
    found = explain("vlans.guest.subnet")
    assert (found.value, found.origin) == ("10.44.16.0/24", "lock")
    pin = (root / "locks" / f"{SITE}.yaml").read_text().splitlines().index("  guest: 10.44.16.0/24") + 1
    assert spots(found) == [
        ("lock", f"inventory/locks/us-nyc-mad01.yaml:{pin}"),
        ("organisation", None),
        ("archetype", None),
        ("site", None),
    ]
    assert [(each.key, each.value) for each in found.sources] == [
        ("supernet", "10.44.16.0/22"),
        ("vlans.guest.prefix", "24"),
    ]


def test_a_subnet_that_is_typed_counts_more_than_its_pin(explain, root):
    path = root / "sites" / f"{SITE}.yaml"
    path.write_text(path.read_text() + "vlans: {guest: {subnet: 10.44.16.0/24}}\n")
    found = explain("vlans.guest.subnet")
    assert (found.origin, found.winner.place.file) == ("site", "inventory/sites/us-nyc-mad01.yaml")
    assert found.levels[0].value == "10.44.16.0/24"


def test_an_address_keeps_its_prefix_length_beside_the_lock(explain):
    found = explain("devices.sw1.address")
    assert (found.value, found.origin) == ("10.44.17.162/27", "lock")
    assert found.winner.value == "10.44.17.162"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("vlans.guest.gateway", "10.44.16.1/24"),
        ("vlans.guest.pool", "10.44.16.10 to 10.44.16.254"),
        ("devices.sw1.name", "us-nyc-mad01-sw1"),
        ("devices.ap1.path", "us-nyc-mad01-fw1 → us-nyc-mad01-sw1"),
        ("devices.ap1.managed_by", "us-nyc-mad01-wlc1"),
        ("circuits.wan1.gateway", "198.51.100.1"),
        ("host_groups.operators", "10.10.3.0/24"),
        ("flows.payment.rules", "rule 30 accept net-pos → payment-hosts"),
        ("utc_offset_hours", "-5"),
        ("dst", "true"),
    ],
)
def test_derived(explain, path, value):
    found = explain(path)
    assert (found.value, found.origin) == (value, "derived")
    assert found.sources


@pytest.mark.parametrize(
    ("path", "value", "source"),
    [
        ("ports.sw1.1/0/11.access_vlan", "20", "ports.sw1"),
        ("ports.sw1.GigabitEthernet1/0/11.description", "till", "ports.sw1"),
        ("ports.sw1.1/0/24.neighbour", "us-nyc-mad01-ap1 GigabitEthernet0", "cabling"),
        ("ports.sw1.1/0/1.trunk_vlans", "10, 20, 50, 95, 99", "cabling"),
        ("ports.sw1.1/0/24.poe", "true", "cabling"),
    ],
)
def test_derived_of_a_port(explain, path, value, source):
    found = explain(path)
    assert (found.value, found.origin, found.sources[0].key) == (value, "derived", source)


def test_all_of_a_port(explain):
    found = {each.path.rpartition(".")[2]: each.value for each in explain("ports.sw1.1/0/11").members}
    assert (found["profile"], found["vlan"], found["kind"], found["access_vlan"]) == ("till", "pos", "edge", "20")
    assert "only_mac" not in found
    assert explain("ports.sw1.1/0/20.profile").value == "disabled"


def test_a_range_as_it_is_written(explain):
    (profile,) = explain("ports.sw1.1/0/11-12").members
    assert (profile.path, profile.value) == ("ports.sw1.1/0/11-12.profile", "till")


def test_rooms_and_desks_of_a_port(explain, root):
    path = root / "sites" / f"{SITE}.yaml"
    text = path.read_text().replace("e911: Stock room}", "e911: Stock room, profile: till, ports: {sw1: 1/0/13-16}}")
    path.write_text(text + "desks: {7-8: {room: rack, ports: {sw1: [1/0/13, 1/0/14]}}}\n")
    assert [(explain(f"ports.sw1.1/0/14.{key}").value) for key in ("profile", "room", "desk")] == ["till", "rack", "8"]
    assert explain("ports.sw1.1/0/13").members[0].origin == "port"
    assert explain("ports.sw1.1/0/13.description").value == "till 7"


def test_an_used_port_without_a_profile_is_an_edge_port(explain, root):
    path = root / "sites" / f"{SITE}.yaml"
    path.write_text(path.read_text() + "    1/0/13: {description: door}\n")
    found = explain("ports.sw1.1/0/13.profile")
    assert (found.value, found.origin) == ("edge", "derived")
    assert explain("ports.sw1.1/0/13.vlan").value == "corp"


def test_the_password_of_a_network_has_a_name(explain, root):
    path = root / "archetypes" / "boutique-m.yaml"
    path.write_text(path.read_text().replace("security: owe", "security: wpa3-sae"))
    assert explain("ssids.guest.secret").value == "secret://us-nyc-mad01/wlan_guest"


@pytest.mark.parametrize(
    "path",
    ["vlans.nothing.subnet", "devices.sw9.address", "devices.sw9.path", "circuits.wan9.gateway", "flows.no.rules",
     "ssids.corp.secret", "devices.sw1.managed_by", "ports.sw1.1/0/99.kind", "vlans.mgmt.pool", "host_groups.nobody"],
)  # fmt: skip
def test_what_is_not_there_cannot_be_explained(explain, path):
    with pytest.raises(UsageError):
        explain(path)


def test_what_nobody_says_is_built_in(explain):
    assert (explain("vlans.mgmt.lease_hours").value, explain("vlans.mgmt.lease_hours").origin) == ("24", "built in")


def test_a_mapping_shows_its_members(explain):
    found = explain("vlans.guest")
    assert [each.path.rpartition(".")[2] for each in found.members][-3:] == ["subnet", "gateway", "pool"]
    assert "  id                       50" in explanation_text(found)


def test_unknown_paths_are_met_with_the_nearest_key(explain):
    with pytest.raises(UsageError, match=r"Did you mean prefix\?"):
        explain("vlans.guest.prefx")
    with pytest.raises(UsageError, match=r"Did you mean vlans\?"):
        explain("vlan")


def test_typed_values_can_be_told_of_a_broken_site(explain, root):
    path = root / "sites" / f"{SITE}.yaml"
    path.write_text(path.read_text().replace("timezone: America/New_York", "timezone: Mars"))
    assert explain("timezone").value == "Mars"
    with pytest.raises(UsageError, match="siteauto validate"):
        explain("vlans.guest.gateway")


def test_files_that_cannot_be_read_are_findings(explain, root):
    (root / "defaults.yaml").write_text("a: [")
    with pytest.raises(InputError):
        explain("timezone")


def test_as_text(explain):
    assert explanation_text(explain("circuits.wan1.gateway")) == (
        "circuits.wan1.gateway of us-nyc-mad01 is 198.51.100.1\n\n"
        "  organisation  says nothing\n"
        "  archetype     says nothing\n"
        "  site          says nothing\n"
        "> derived       the other host of 198.51.100.0/30\n"
        "    from circuits.wan1.address 198.51.100.2/30   inventory/sites/us-nyc-mad01.yaml:7"
    )


def test_as_data(explain):
    data = explanation_data(explain("supernet"))
    assert (data["value"], data["origin"]) == ("10.44.16.0/22", "site")
    assert data["levels"][2] == {
        "level": "site", "value": "10.44.16.0/22", "key": "supernet", "wins": True,
        "file": "inventory/sites/us-nyc-mad01.yaml", "line": 5, "column": 11,
    }  # fmt: skip
    assert {"path", "members"} <= set(explanation_data(explain("rooms.rack")))
