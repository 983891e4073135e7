"""Cables that nobody typed, those that somebody did, and the patch list of both."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from siteauto.adapters.yaml_inventory.files import InventoryFiles
from siteauto.adapters.yaml_inventory.inventory import YamlInventory, check_company
from siteauto.adapters.yaml_inventory.load import load_site
from siteauto.core.intent.build import build_intents
from siteauto.core.models import SiteName
from siteauto.core.site.patch_list import patch_list
from siteauto.platforms import load_platforms
from siteauto.reporters.cabling import cabling_csv, cabling_data, cabling_text

BASE = Path(__file__).parents[2] / "golden" / "errors" / "base"
SITE = SiteName("us-nyc-mad01")
PLATFORMS = load_platforms()
SW2 = "  sw2: {role: access, platform: cisco_ios, model: C9200L-48P-4X, serial: JAE27190X4P"
AP2 = "  ap2: {role: ap, model: CW9166I, serial: KWC2730A1QZ, mac: 68e5.9e10.2a5f"


@pytest.fixture
def site(tmp_path):
    """The base company's site with no cable typed in its archetype, and with more devices."""
    root = tmp_path / "inventory"
    shutil.copytree(BASE, root)
    shutil.rmtree(root / "locks", ignore_errors=True)

    def make(devices="", own=""):
        file = root / "archetypes" / "boutique-m.yaml"
        head, _, rest = file.read_text().partition("cabling:\n")
        file.write_text(head + rest[rest.index("ports:\n") :])
        file = root / "sites" / f"{SITE}.yaml"
        file.write_text(file.read_text().replace("ports:\n", f"{devices}ports:\n") + own)
        inventory = YamlInventory(root, PLATFORMS)
        assert [each for each in check_company(inventory) if each.code != "E2901"] == []  # it is not locked
        return load_site(InventoryFiles(root), SITE, PLATFORMS).site

    return make


def cables(site):
    def end(name, port):
        return f"{name.rpartition('-')[2]} {port}".strip()

    return {end(link.a, link.a_port): end(link.b, link.b_port) for link in site.links}


def test_roles_and_models_say_what_is_plugged_in_where(site):
    found = site(f"{SW2}}}\n{AP2}}}\n")
    assert cables(found) == {
        "fw1 internal1": "sw1 GigabitEthernet1/0/1",
        "wlc1 TenGigabitEthernet0/1/0": "sw1 TenGigabitEthernet1/1/1",
        "ap1 GigabitEthernet0": "sw2 GigabitEthernet1/0/48",
        "srv1 eth0": "sw1 GigabitEthernet1/0/2",
        "sw2 TenGigabitEthernet1/1/1": "sw1 TenGigabitEthernet1/1/2",
        "ap2 GigabitEthernet0": "sw2 GigabitEthernet1/0/47",
        "fw1 wan1": "wan1",
    }
    assert all(link.derived for link in found.links)


def test_a_typed_cable_stands_and_the_others_make_way(site):
    found = site(own="cabling:\n  srv1 eth0: {to: sw1 1/0/1, label: C-7, length_m: 2.5}\n")
    assert cables(found)["fw1 internal1"] == "sw1 GigabitEthernet1/0/2"
    (typed,) = [link for link in found.links if not link.derived]
    assert (typed.label, typed.length_m) == ("C-7", 2.5)


def test_a_port_with_a_use_of_its_own_is_not_taken(site):
    found = site(own="  sw2: {1/0/48: {profile: edge}}\n", devices=f"{SW2}}}\n")
    assert cables(found)["ap1 GigabitEthernet0"] == "sw2 GigabitEthernet1/0/47"


def test_a_device_may_name_its_switch(site):
    found = site(f"{SW2}}}\n{AP2}, switch: sw1}}\n")
    assert cables(found)["ap2 GigabitEthernet0"] == "sw1 GigabitEthernet1/0/24"


def test_the_label_is_in_the_description(site):
    found = site(own="cabling:\n  wlc1 0/1/0: {to: sw1 1/1/5, label: F-3}\n")
    intents = {intent.device.short: intent for intent in build_intents(found, PLATFORMS)}
    port = next(port for port in intents["sw1"].ports if port.name == "TenGigabitEthernet1/1/5")
    assert port.description == "to us-nyc-mad01-wlc1 TenGigabitEthernet0/1/0 | F-3"


@pytest.fixture
def patches(site):
    found = site(
        own="cabling:\n  srv1 eth0: {to: sw1 1/0/2, label: C-7, length_m: 3}\n"
        "desks: {101-102: {room: rack, ports: {sw1: 1/0/13-14}}}\n"
    )
    return patch_list(found, build_intents(found, PLATFORMS))


def test_patch_list(patches):
    assert [(one.kind, one.to, one.to_port, one.origin) for one in patches] == [
        ("cable", "us-nyc-mad01-sw1", "GigabitEthernet1/0/2", "typed"),
        ("cable", "us-nyc-mad01-sw1", "GigabitEthernet1/0/1", "derived"),
        ("cable", "us-nyc-mad01-sw1", "TenGigabitEthernet1/1/1", "derived"),
        ("cable", "us-nyc-mad01-sw1", "GigabitEthernet1/0/24", "derived"),
        ("circuit", "Hudson Fiber 67.KRGS.1", "wan1", "derived"),
        ("outlet", "desk 101", "", "edge"),
        ("outlet", "desk 102", "", "edge"),
    ]


def test_as_text(patches):
    lines = cabling_text(patches).splitlines()
    near, far, rest = re.split(r" +→ | {2,}", lines[0], maxsplit=2)
    assert (near.strip(), far, rest.strip()) == (
        "us-nyc-mad01-srv1 eth0", "us-nyc-mad01-sw1 GigabitEthernet1/0/2 (rack)", "C-7, 3 m, typed",
    )  # fmt: skip
    assert lines[-1] == "4 cables, 1 circuits, 2 outlets"


def test_as_csv(patches):
    rows = list(csv.DictReader(io.StringIO(cabling_csv(patches))))
    assert (rows[0]["device"], rows[0]["length_m"], rows[-1]["to_room"]) == ("us-nyc-mad01-srv1", "3.0", "rack")
    assert len(rows) == len(patches)


def test_as_json(patches):
    data = json.loads(json.dumps(cabling_data(SITE, patches)))
    assert (data["format_version"], data["cables"][0]["label"]) == (1, "C-7")
