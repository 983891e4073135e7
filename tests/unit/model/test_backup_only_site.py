"""A site file with nothing but boxes that are only read is valid as it is, and asks nothing of the organisation."""

import shutil
from pathlib import Path

import pytest

from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.cli.main import run
from siteauto.core.errors import InputError, UsageError
from siteauto.core.models import SiteName
from siteauto.platforms import load_platforms

ROOT = Path(__file__).parents[3]
NAME = SiteName("fi-hel-abc01")
TEXT = """\
site: fi-hel-abc01
backup_only:
  sw1: {platform: cisco_ios, address: 10.200.0.1, login: {username: hel, password: secret://imported/hel}}
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    for folder in ("inventory", "templates", "playbooks"):
        shutil.copytree(ROOT / folder, tmp_path / "company" / folder)
    monkeypatch.setenv("SITEAUTO_TARGET", "live")  # a lab has none of these boxes; no test here contacts one
    monkeypatch.setenv("SITEAUTO_STATE", str(tmp_path / "state"))
    (tmp_path / "company/inventory/sites" / f"{NAME}.yaml").write_text(TEXT)
    return tmp_path / "company"


@pytest.fixture
def inventory(root):
    return YamlInventory(root / "inventory", load_platforms())


def add(root, text):
    with (root / "inventory/sites" / f"{NAME}.yaml").open("a") as file:
        file.write(text)


def test_its_boxes_are_known_and_nothing_else_is(inventory):
    site = inventory.site(NAME)
    assert [one.device.name for one in site.backup_only] == ["fi-hel-abc01-sw1"]
    assert (site.archetype, site.devices, site.subnets, site.flows, site.timezone) == ("", (), (), (), "UTC")


def test_what_it_says_of_itself_counts(inventory, root):
    add(root, "timezone: Europe/Helsinki\naddress: {city: Helsinki}\naccess: {proxy_jump: bastion.example.net}\n")
    site = inventory.site(NAME)
    assert (site.timezone, site.city, site.access.proxy_jump) == ("Europe/Helsinki", "Helsinki", "bastion.example.net")


def test_the_company_is_sound_with_it_and_needs_no_lock(inventory):
    assert inventory.look().problems == ()


def test_nobody_plans_addresses_or_a_rollout_for_it(inventory):
    assert NAME not in [each.site.name for each in inventory.plan_all_addresses()]
    assert NAME not in inventory.configured_sites()
    with pytest.raises(UsageError, match="has no address plan"):
        inventory.plan_addresses(NAME)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("archetyp: boutique-s\n", "E1201"),  # a slip of the pen is not a site without a standard
        ("supernet: 10.60.0.0/24\n", "E1201"),
        ("timezone: Europe/Helsingfors\n", "E2701"),
        ("  sw2: {platform: cisco_ois, address: 10.200.0.2, login: {username: a, password: secret://b}}\n", "E2201"),
        ("  sw2: {platform: cisco_ios, address: 10.200.0.1, login: {username: a, password: secret://b}}\n", "E2210"),
        ("  sw2: {platform: <platform>, address: <address>, login: {username: a, password: secret://b}}\n", "E1104"),
    ],
)
def test_what_is_wrong_is_told(inventory, root, text, code):
    add(root, text)
    with pytest.raises(InputError) as caught:
        inventory.site(NAME)
    assert {each.code for each in caught.value.findings} == {code}


@pytest.mark.parametrize("words", [["plan"], ["provision", "--yes"], ["recover"]])
def test_verbs_that_configure_say_that_there_is_nothing(root, capsys, words):
    assert run([words[0], NAME, *words[1:], "--root", str(root)]) == 2
    assert "fi-hel-abc01: nothing to configure" in capsys.readouterr().err


def test_a_restore_says_that_it_does_not_put_such_boxes_back(root, capsys):
    assert run(["restore", NAME, "--root", str(root)]) == 2
    assert "fi-hel-abc01: siteauto backs this up and does not put it back" in capsys.readouterr().err


def test_drift_has_no_intent_to_compare_with(root, capsys):
    assert run(["drift", NAME, "--root", str(root)]) == 0
    assert "no intent" in capsys.readouterr().out


def test_drift_from_backups_leaves_it_out(root, capsys):
    run(["drift", "--offline", "--root", str(root)])  # of the others there are no backups, and that is all it tells
    told = capsys.readouterr().err
    assert "holds no backups" in told
    assert NAME not in told
