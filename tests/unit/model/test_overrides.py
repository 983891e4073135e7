"""Organisation, archetype, site, device, port: the nearest level wins, and rooms and desks say which ports are whose."""

import shutil
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

import pytest

from siteauto.adapters.yaml_inventory.inventory import YamlInventory, check_company
from siteauto.core.intent.build import build_intents
from siteauto.core.models import SiteName
from siteauto.platforms import load_platforms

BASE = Path(__file__).parents[2] / "golden" / "errors" / "base"
SITE = SiteName("us-nyc-mad01")
PLATFORMS = load_platforms()


@pytest.fixture
def company(tmp_path):
    root = tmp_path / "inventory"
    shutil.copytree(BASE, root)

    def write(own="", device="", archetype=""):
        file = root / "sites" / f"{SITE}.yaml"
        text = file.read_text().replace("serial: FOC2731A0KL, room: rack", f"serial: FOC2731A0KL, room: rack{device}")
        file.write_text(text + own)
        file = root / "archetypes" / "boutique-m.yaml"
        file.write_text(file.read_text() + archetype)
        inventory = YamlInventory(root, PLATFORMS)
        inventory.write_lock(inventory.plan_addresses(SITE).new)
        assert check_company(inventory) == ()
        return inventory

    return write


@pytest.fixture
def intents(company):
    def build(**words):
        inventory = company(**words)
        return {intent.device.short: intent for intent in build_intents(inventory.site(SITE), PLATFORMS)}

    return build


def port(intent, number):
    return next(each for each in intent.ports if each.name == f"GigabitEthernet1/0/{number}")


def test_a_device_has_servers_of_its_own_and_the_firewall_lets_it_reach_them(intents):
    found = intents(device=", organisation: {ntp_servers: [10.9.9.9], management_networks: [10.9.0.0/24]}")
    assert found["sw1"].organisation.ntp_servers == (IPv4Address("10.9.9.9"),)
    assert found["wlc1"].organisation.ntp_servers == (IPv4Address("10.10.0.11"), IPv4Address("10.10.0.12"))
    assert found["sw1"].organisation.banner == found["wlc1"].organisation.banner
    networks = {each.name: each.network for each in found["fw1"].addresses}
    assert networks["operators-2"] == IPv4Network("10.9.0.0/24")


def test_a_device_has_a_profile_its_own_way(intents):
    sw1 = intents(device=", port_profiles: {till: {vlan: corp, poe: critical}}")["sw1"]
    assert (port(sw1, 11).profile, port(sw1, 11).access_vlan, port(sw1, 11).poe_priority) == ("till", 10, "critical")


def test_a_port_has_the_last_word(intents):
    sw1 = intents(device=", port_profiles: {till: {poe: high}}", own="    1/0/13: {profile: till, vlan: corp}\n")["sw1"]
    assert (port(sw1, 13).access_vlan, port(sw1, 13).poe_priority) == (10, "high")
    assert port(sw1, 11).access_vlan == 20


def test_a_range_may_change_one_thing_of_what_an_outer_one_says(intents):
    sw1 = intents(own="    1/0/3: {description: door}\n")["sw1"]
    assert (port(sw1, 3).profile, port(sw1, 3).description, port(sw1, 4).description) == ("edge", "door", "edge")


def test_a_patched_port_without_a_profile_is_the_universal_edge_port(intents):
    sw1 = intents(own="    1/0/13: {}\n")["sw1"]
    assert (port(sw1, 13).kind, port(sw1, 13).profile, port(sw1, 13).access_vlan) == ("edge", "edge", 10)
    assert port(sw1, 14).kind == "disabled"


def test_a_voice_vlan_can_be_taken_away(intents):
    extra = "vlans: {voice: {id: 30, prefix: 27, zone: voice}}\nport_profiles: {edge: {voice: voice}}\n"
    sw1 = intents(own=f"    1/0/13: {{voice: none}}\n{extra}")["sw1"]
    assert (port(sw1, 13).voice_vlan, port(sw1, 3).voice_vlan) == (None, 30)


def test_unused_ports_of_one_device_may_be_edge_ports(intents):
    sw1 = intents(device=", unused_ports: edge")["sw1"]
    assert {port(sw1, number).kind for number in (13, 23)} == {"edge"}
    assert port(sw1, 24).kind == "access"  # its cable decides


def test_ports_of_a_room(intents):
    own = "rooms: {rack: {profile: till, ports: {sw1: [1/0/13-14, 1/0/16]}}}\n"
    text = 'rooms:\n  rack: {floor: "1", e911: Stock room}\n'
    assert text in (BASE / "sites" / f"{SITE}.yaml").read_text()
    sw1 = intents(archetype=own)["sw1"]
    assert [(port(sw1, n).profile, port(sw1, n).room, port(sw1, n).description) for n in (13, 15, 16)] == [
        ("till", "rack", "till rack"),
        ("disabled", "", "unused"),
        ("till", "rack", "till rack"),
    ]


def test_desks_share_a_range_and_stand_above_their_room(intents):
    own = "desks: {101-102: {room: rack, profile: edge, ports: {sw1: 1/0/13-16}}}\n"
    sw1 = intents(archetype="rooms: {rack: {profile: till, ports: {sw1: 1/0/13-18}}}\n", own=own)["sw1"]
    assert [(port(sw1, n).desk, port(sw1, n).profile, port(sw1, n).description) for n in (13, 14, 15, 16, 17)] == [
        ("101", "edge", "edge 101"),
        ("101", "edge", "edge 101"),
        ("102", "edge", "edge 102"),
        ("102", "edge", "edge 102"),
        ("", "till", "till rack"),
    ]


def test_a_site_stands_above_its_archetype_whatever_it_speaks_of(intents):
    own = "desks: {d1: {room: rack, profile: till, ports: {sw1: 1/0/5}}}\n"
    sw1 = intents(own=own)["sw1"]
    assert (port(sw1, 5).profile, port(sw1, 5).desk) == ("till", "d1")
    assert port(sw1, 6).profile == "edge"


def test_a_cabled_port_takes_a_description_and_a_room(intents):
    sw1 = intents(own="    1/0/24: {description: cable 17}\n")["sw1"]
    assert (port(sw1, 24).description, port(sw1, 24).profile) == ("cable 17", "ap")


def test_the_box_at_a_cable_says_the_room(intents):
    sw1 = intents()["sw1"]
    assert {port(sw1, 1).room, port(sw1, 24).room} == {""}


@pytest.mark.parametrize(
    ("path", "levels", "value"),
    [
        (
            "ports.sw1.1/0/13.vlan",
            ["organisation pos", "archetype -", "site corp", "device mgmt", "port guest"],
            "guest",
        ),
        (
            "ports.sw1.1/0/14.poe",
            ["organisation -", "archetype -", "site high", "device critical", "port -"],
            "critical",
        ),
        ("ports.sw1.1/0/5.profile", ["port edge", "port till"], "till"),
        (
            "devices.sw1.organisation.ntp_servers",
            ["organisation [10.10.0.11, 10.10.0.12]", "archetype -", "site -", "device [10.9.9.9]"],
            "[10.9.9.9]",
        ),
        (
            "devices.sw1.port_profiles.till.vlan",
            ["organisation pos", "archetype -", "site corp", "device mgmt"],
            "mgmt",
        ),
    ],
)
def test_explain_names_every_level(company, path, levels, value):
    inventory = company(
        own="    1/0/13: {profile: till, vlan: guest}\n    1/0/14: {profile: till}\n    1/0/5: {profile: till}\n"
        "port_profiles: {till: {vlan: corp, poe: high}}\n",
        device=", organisation: {ntp_servers: [10.9.9.9]}, port_profiles: {till: {vlan: mgmt, poe: critical}}",
    )
    found = inventory.explain(SITE, path.split("."))
    said = [f"{each.name} {each.value if each.place else '-'}" for each in found.levels]
    assert (found.value, said) == (value, levels)
