"""A new site from one command: named gaps, and a configuration as soon as they are filled."""

import re
import shutil
from pathlib import Path

import pytest

from siteauto.adapters.yaml_documents import parse_document
from siteauto.adapters.yaml_inventory.files import InventoryFiles
from siteauto.adapters.yaml_new_site import Standard
from siteauto.cli.main import run
from siteauto.core.errors import UsageError
from siteauto.core.site.new_site import StreetAddress, parse_address, supernet_prefix
from siteauto.platforms import load_platforms

ROOT = Path(__file__).parents[3]
NEW = "us-bos-new01"
SAID = ("--archetype", "boutique-m", "--address", "1 Newbury St, Boston, MA 02116")
FILLED = {
    "<provider>": "Bay Fiber", "<circuit id>": "BF-{n}", "<Mbit/s down/up>": "300/300", "fw1": "FGT60FTK23059999", "sw1": "FOC2731A9ZZ",
    "sw2": "JAE27190X9Z", "wlc1": "FCL2728019Z", "ap1": "KWC2730A9ZE", "ap2": "KWC2730A9ZT", "srv1": "G6BN3219994T",
}  # fmt: skip


@pytest.fixture
def root(tmp_path):
    for folder in ("inventory", "templates", "playbooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for site in ("inventory/sites", "inventory/locks"):
        for file in (tmp_path / site).glob("*.yaml"):
            if file.stem not in ("us-nyc-mad01", "us-bos-cop01"):
                file.unlink()
    return tmp_path


@pytest.fixture
def siteauto(root, capsys):
    def call(*words):
        code = run([*words, "--root", str(root)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def fill(text):
    """As a person would, when the boxes and the circuits are there."""
    numbers = iter(range(100))

    def value(match):
        gap = match[0]
        if "address with prefix" in gap:
            return f"203.0.113.{4 * next(numbers) + 130}/30"
        if "MAC" in gap:
            return f"68e5.9e10.77{next(numbers):02d}"
        return FILLED.get(gap, FILLED.get(gap.rstrip(">").rpartition(" ")[2], "?")).format(n=next(numbers))

    return re.sub(r"<[^>]+>", value, text)


def test_from_one_command_to_its_configuration(root, siteauto):
    code, said, _ = siteauto("new", "site", NEW, *SAID)
    assert code == 0
    file = root / "inventory" / "sites" / f"{NEW}.yaml"
    assert len(file.read_text().splitlines()) <= 25
    gaps = re.findall(r"line +\d+ +(\S+): <", said)
    assert {"circuits.wan1.provider", "devices.fw1.serial", "devices.ap1.mac"} <= set(gaps)
    code, found, _ = siteauto("validate")
    assert code == 2
    assert len(re.findall(r"error\[E1104\]", found)) == found.count("error[") == len(gaps)
    assert f"inventory/sites/{NEW}.yaml" in found
    file.write_text(fill(file.read_text()))
    assert siteauto("validate")[:2] == (0, "3 sites: nothing is wrong\n")
    code, rendered, _ = siteauto("render", NEW)
    assert code == 0
    assert f"hostname {NEW}-sw1" in rendered
    assert "ip address 10.44.3.34 255.255.255.224" in rendered


def test_a_site_with_gaps_does_not_stop_the_others(siteauto):
    siteauto("new", "site", NEW, *SAID)
    assert siteauto("render", "us-nyc-mad01")[0] == 0
    assert siteauto("render", NEW)[0] == 2


def test_the_next_free_supernet_and_time_zone_of_the_region(root, siteauto):
    siteauto("new", "site", NEW, *SAID)
    siteauto("new", "site", "us-chi-oak01", "--archetype", "boutique-s", "--address", "1 E Oak St, Chicago, IL 60611")
    siteauto("new", "site", "us-bos-new02", *SAID)
    found = {}
    for file in (root / "inventory" / "sites").glob("*.yaml"):
        node, _ = parse_document(file.read_text(), file.name)
        found[file.stem] = (node.find(("supernet",)).value, node.find(("timezone",)).value)
    assert found[NEW] == ("10.44.0.0/22", "America/New_York")
    assert found["us-bos-new02"] == ("10.44.4.0/22", "America/New_York")
    assert found["us-chi-oak01"] == ("10.45.0.0/25", "America/Chicago")


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("us-nyc-mad01", SAID, "exists already"),
        ("Boston", SAID, "is not a site name"),
        ("../us-bos-new01", SAID, "is not a site name"),
        (NEW, ("--archetype", "boutique-x", *SAID[2:]), "Did you mean boutique-"),
        (NEW, (*SAID[:2], "--address", "Boston"), "is not an address that siteauto can read"),
        (NEW, (*SAID[:2], "--address", "1 Main St, Honolulu, HI 96801"), "No region lists the state HI"),
        (NEW, (*SAID, "--supernet", "10.44.16.0/23"), "E2801"),
        (NEW, (*SAID, "--supernet", "10.44.32.0/24"), "E2105"),
        (NEW, (*SAID, "--supernet", "10.44.32.1/22"), "expected a subnet with its prefix length"),
        (NEW, (*SAID, "--timezone", "Mars/Olympus"), "E2701"),
    ],
)
def test_what_cannot_be_leaves_nothing_behind(root, siteauto, name, words, said):
    before = {path: path.read_bytes() for path in (root / "inventory").rglob("*") if path.is_file()}
    code, _, err = siteauto("new", "site", name, *words)
    assert code == 2
    assert said in err
    assert {path: path.read_bytes() for path in (root / "inventory").rglob("*") if path.is_file()} == before


def test_the_vendors_of_other_sites_are_not_mixed_anew(root):
    """Most firewalls are SRX and most switches Catalyst here, but no two sites have both."""
    sites = root / "inventory" / "sites"
    usual = (sites / "us-nyc-mad01.yaml").read_text()
    other = usual.replace("FGT-60F", "SRX300")
    for number, text in enumerate([usual, other, *[other.replace("C9300-24P", "JL725A")] * 2], 2):
        (sites / f"us-nyc-mad0{number}.yaml").write_text(text)
    standard = Standard(InventoryFiles(root / "inventory"), "boutique-m")
    models = {device.short: device.model for device in standard.devices(load_platforms())}
    assert (models["fw1"], models["sw1"]) == ("FGT-60F", "C9300-24P")


def test_a_full_region_says_so(root, siteauto):
    defaults = root / "inventory" / "defaults.yaml"
    defaults.write_text(defaults.read_text().replace("pools: [10.44.0.0/16]", "pools: [10.44.16.0/22]"))
    code, _, err = siteauto("new", "site", NEW, *SAID)
    assert code == 2
    assert "us-east has no free /22" in err


def test_a_lock_of_a_site_that_was_given_up_is_not_taken_over(root, siteauto):
    (root / "inventory" / "locks" / f"{NEW}.yaml").write_text("site: x\n")
    code, _, err = siteauto("new", "site", NEW, *SAID)
    assert code == 2
    assert f"{NEW}.yaml exists already" in err
    assert not (root / "inventory" / "sites" / f"{NEW}.yaml").exists()


@pytest.mark.parametrize("street", ["O'Hare: Terminal 5", "{1} Main", "12 # 5", "- x", 'the "Mall"', "Zócalo 1"])
def test_any_street_is_read_back_as_it_was_said(root, siteauto, street):
    code, _, err = siteauto("new", "site", NEW, *SAID[:2], "--address", f"{street}, Boston, MA 02116-1234")
    assert (code, err) == (0, "target: none (no device is contacted)\n")
    text = (root / "inventory" / "sites" / f"{NEW}.yaml").read_text("utf-8")
    node, findings = parse_document(text, "x")
    assert findings == ()
    assert node.find(("address",)).plain() == {"street": street, "city": "Boston", "state": "MA", "zip": "02116-1234"}


def test_addresses():
    assert parse_address(" 680 Madison Ave, Floor 2, New York, NY  10065 ") == StreetAddress(
        street="680 Madison Ave, Floor 2", city="New York", state="NY", postcode="10065"
    )
    with pytest.raises(UsageError, match="street, city, state and postcode"):
        parse_address("680 Madison Ave, New York")


def test_the_smallest_supernet():
    assert supernet_prefix([24]) == 24
    assert supernet_prefix([24, 30]) == 23
    assert supernet_prefix([]) == 30
    assert supernet_prefix([25, 27, 26, 25, 24, 26, 26, 27, 27, 28, 27]) == 22
