"""What is pinned keeps its address; what moves does so because somebody named it."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from siteauto.adapters.yaml_inventory.inventory import YamlInventory, check_company
from siteauto.adapters.yaml_locks import LockFolder
from siteauto.cli.main import run
from siteauto.core.errors import InputError, StoreError
from siteauto.core.models import SiteName
from siteauto.core.site.address_lock import lock_of
from siteauto.platforms import load_platforms

BASE = Path(__file__).parents[2] / "golden" / "errors" / "base"
SITE = SiteName("us-nyc-mad01")
PLATFORMS = load_platforms()


@pytest.fixture
def root(tmp_path):
    shutil.copytree(BASE, tmp_path / "inventory")
    return tmp_path


@pytest.fixture
def siteauto(root, capsys):
    def call(*words):
        code = run([*words, "--root", str(root)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def add(root, text, site=SITE):
    file = root / "inventory" / "sites" / f"{site}.yaml"
    file.write_text(file.read_text() + text)


def lock(root, site=SITE):
    return LockFolder(root / "inventory").read(site)[0].lock


def test_a_new_vlan_moves_nothing(root, siteauto):
    before = lock(root)
    add(root, "vlans:\n  lab: {id: 15, prefix: 24, zone: servers}\n")
    assert siteauto("validate")[0] == 2
    assert siteauto("addresses", SITE, "--write")[0] == 0
    after = lock(root)
    assert str(after.subnets["lab"]) == "10.44.18.0/24"
    assert {role: after.subnets[role] for role in before.subnets} == before.subnets
    assert after.devices == before.devices
    assert siteauto("validate")[0] == 0


def test_without_the_lock_the_same_vlan_would_have_moved_others(root):
    before = lock(root)
    add(root, "vlans:\n  lab: {id: 15, prefix: 24, zone: servers}\n")
    (root / "inventory" / "locks" / f"{SITE}.yaml").unlink()
    plan = YamlInventory(root / "inventory", PLATFORMS).plan_addresses(SITE).new
    assert plan.subnets["corp"] != before.subnets["corp"]


def test_a_device_that_goes_does_not_renumber_the_next(root, siteauto):
    archetype = root / "inventory" / "archetypes" / "boutique-m.yaml"
    archetype.write_text(archetype.read_text().replace("ap1: {role: ap, host: 11}", "ap1: {role: ap}"))
    text = "devices:\n  ap{n}: {{role: ap, model: CW9166I, serial: KWC2730A1{n}X, mac: 68e5.9e10.990{n}}}\n"
    file = root / "inventory" / "sites" / f"{SITE}.yaml"
    own = file.read_text()
    devices = text.format(n=2).removeprefix("devices:\n") + text.format(n=3).removeprefix("devices:\n")
    cables = "cabling:\n  ap2 GigabitEthernet0: sw1 1/0/22\n  ap3 GigabitEthernet0: sw1 1/0/23\n"
    file.write_text(own.replace("  srv1:", devices + "  srv1:") + cables)
    assert siteauto("addresses", SITE, "--write")[0] == 0
    assert str(lock(root).devices["ap3"]) == "10.44.17.173"
    file.write_text(
        own.replace("  srv1:", text.format(n=3).removeprefix("devices:\n") + "  srv1:")
        + cables.replace("  ap2 GigabitEthernet0: sw1 1/0/22\n", "")
    )
    assert siteauto("addresses", SITE, "--write")[0] == 0
    assert str(lock(root).devices["ap3"]) == "10.44.17.173"
    assert "ap2" not in lock(root).devices


def test_what_is_pinned_is_not_renumbered_unless_it_is_named(root, siteauto):
    add(root, "vlans:\n  corp: {prefix: 24}\n")
    before = (root / "inventory" / "locks" / f"{SITE}.yaml").read_bytes()
    code, _, said = siteauto("addresses", SITE, "--write")
    assert code == 2
    assert "corp 10.44.17.0/25 -> 10.44.18.0/24" in said
    assert "--renumber corp" in said
    assert (root / "inventory" / "locks" / f"{SITE}.yaml").read_bytes() == before
    code, _, said = siteauto("addresses", SITE, "--write", "--renumber", "corp")
    assert code == 0
    assert f"renumbered: {SITE} corp 10.44.17.0/25 -> 10.44.18.0/24" in said
    assert siteauto("validate")[0] == 0


def test_a_subnet_that_moves_takes_its_devices_along(root, siteauto):
    add(root, "vlans:\n  mgmt: {prefix: 26}\n")
    assert siteauto("addresses", SITE, "--write", "--renumber", "mgmt")[0] == 0
    assert str(lock(root).subnets["mgmt"]) == "10.44.18.0/26"
    assert str(lock(root).devices["sw1"]) == "10.44.18.2"
    assert siteauto("validate")[0] == 0


def test_everything_may_be_planned_anew(root, siteauto):
    add(root, "vlans:\n  lab: {id: 15, prefix: 24, zone: servers}\n")
    file = root / "inventory" / "locks" / f"{SITE}.yaml"
    file.write_text("broken: [\n")
    assert siteauto("addresses", SITE, "--write")[0] == 2
    assert siteauto("addresses", SITE, "--write", "--renumber", "all")[0] == 0
    assert str(lock(root).subnets["lab"]) == "10.44.17.0/24"


@pytest.mark.parametrize("words", [("--renumber", "corp"), (SITE, "--renumber", "crop")])
def test_renumber_needs_a_site_and_a_name_in_it(siteauto, words):
    code, _, said = siteauto("addresses", "--write", *words)
    assert code == 2
    assert "Did you mean corp" in said or "--renumber needs a site" in said


def test_writing_again_changes_nothing(root, siteauto):
    files = [LockFolder(root / "inventory").path(site) for site in LockFolder(root / "inventory").sites()]
    before = [(file.stat().st_mtime_ns, file.read_bytes()) for file in files]
    assert siteauto("addresses", "--write")[2].count("written") == 0
    assert [(file.stat().st_mtime_ns, file.read_bytes()) for file in files] == before


def test_the_whole_company_is_written_at_once(root, siteauto):
    shutil.rmtree(root / "inventory" / "locks")
    assert siteauto("validate")[1].count("error[E2901]") == 2
    assert siteauto("addresses", "--write")[2].count("written") == 2
    for site in LockFolder(BASE).sites():
        assert LockFolder(root / "inventory").path(site).read_bytes() == LockFolder(BASE).path(site).read_bytes()


def test_a_broken_site_is_not_pinned(root, siteauto):
    add(root, "vlans:\n  lab: {id: 10, prefix: 24, zone: servers}\n")
    code, _, said = siteauto("addresses", "--write")
    assert code == 2
    assert "E2102" in said


def test_a_lock_that_cannot_be_written_is_left_as_it_was(root):
    inventory = YamlInventory(root / "inventory", PLATFORMS)
    change = inventory.plan_addresses(SITE)
    shutil.rmtree(root / "inventory" / "locks")
    (root / "inventory" / "locks").write_text("a file where the folder belongs")
    with pytest.raises(StoreError, match="cannot be written"):
        inventory.write_lock(change.new)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(26, 30), max_size=6))
def test_whatever_comes_later_what_is_pinned_stays(tmp_path_factory, sizes):
    root = tmp_path_factory.mktemp("locks")
    shutil.copytree(BASE, root / "inventory")
    inventory = YamlInventory(root / "inventory", PLATFORMS)
    before = inventory.plan_addresses(SITE).old
    vlans = "".join(f"  x{n}: {{id: {200 + n}, prefix: {size}, zone: servers}}\n" for n, size in enumerate(sizes))
    add(root, f"vlans:\n{vlans}" if sizes else "")
    change = inventory.plan_addresses(SITE)
    assert change.moves == ()
    inventory.write_lock(change.new)
    assert check_company(inventory) == ()
    assert lock(root) == lock_of(inventory.site(SITE))
    assert {role: lock(root).subnets[role] for role in before.subnets} == before.subnets


def test_formats(siteauto):
    code, said, _ = siteauto("addresses", SITE, "--format", "json")
    data = json.loads(said)
    assert code == 0
    assert data["sites"][0]["subnets"][0] == {
        "role": "guest", "vlan": 50, "zone": "guest", "subnet": "10.44.16.0/24", "gateway": "10.44.16.1",
        "dhcp": {"first": "10.44.16.10", "last": "10.44.16.254"}, "hosts": 245, "needed": 0, "state": "pinned",
    }  # fmt: skip
    assert data["sites"][0]["free"][0] == "10.44.17.208/28"
    rows = siteauto("addresses", "--format", "csv")[1].splitlines()
    assert rows[0] == "site,kind,name,vlan,zone,address,gateway,first,last,hosts,needed,state"
    assert f"{SITE},device,sw1,,,10.44.17.162,,,,,,pinned" in rows
    assert ",pool,east,,,10.44.0.0/16,,,,,," in rows
    text = siteauto("addresses")[1]
    assert f"{SITE}  10.44.16.0/22 in east, boutique-m: 464 of 1,024 addresses are in subnets" in text
    assert "east: 2 sites, 2,048 of 65,536 addresses of 10.44.0.0/16; next free: 10.44.0.0/22" in text


def test_an_address_plan_needs_a_sound_site(root):
    add(root, "vlans:\n  lab: {id: 10, prefix: 24, zone: servers}\n")
    with pytest.raises(InputError):
        YamlInventory(root / "inventory", PLATFORMS).plan_addresses(SITE)
