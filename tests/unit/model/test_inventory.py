import shutil
from ipaddress import IPv4Network
from pathlib import Path

import pytest

from siteauto.adapters.yaml_documents import parse_document
from siteauto.adapters.yaml_inventory.inventory import YamlInventory, check_company
from siteauto.adapters.yaml_inventory.layers import chain, merge_layers
from siteauto.core.errors import InputError, UsageError
from siteauto.core.models import SiteName
from siteauto.core.site.company_rules import Claim, Own, find_conflicts, suggest_supernet
from siteauto.core.site.estate import Region
from siteauto.platforms import load_platforms

BASE = Path(__file__).parents[2] / "golden" / "errors" / "base"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(BASE, tmp_path / "inventory")
    return tmp_path / "inventory"


@pytest.fixture
def inventory(root):
    return YamlInventory(root, load_platforms())


def test_names(inventory):
    assert inventory.sites() == ("us-bos-new01", "us-nyc-mad01")
    assert inventory.archetypes() == ("boutique-m",)


def test_an_unknown_site_is_a_usage_error(inventory):
    with pytest.raises(UsageError, match=r"\. Did you mean us-nyc-mad01\?$"):
        inventory.site(SiteName("us-nyc-mad02"))


def test_a_broken_site_does_not_stop_another(inventory, root):
    (root / "sites" / "us-bos-new01.yaml").write_text("site: [\n")
    assert inventory.site(SiteName("us-nyc-mad01")).name == "us-nyc-mad01"
    with pytest.raises(InputError, match="1 problem in the inventory"):
        inventory.site(SiteName("us-bos-new01"))


def test_a_conflict_with_another_site_stops_both(inventory, root):
    path = root / "sites" / "us-bos-new01.yaml"
    path.write_text(path.read_text().replace("10.44.20.0/22", "10.44.0.0/16"))
    for name in inventory.sites():
        with pytest.raises(InputError) as caught:
            inventory.site(name)
        assert [finding.code for finding in caught.value.findings] == ["E2801"]


def test_an_empty_inventory_is_a_finding(inventory, root):
    shutil.rmtree(root / "sites")
    shutil.rmtree(root / "locks")
    assert [finding.code for finding in check_company(inventory)] == ["E1204"]


def test_missing_defaults(inventory, root):
    (root / "defaults.yaml").unlink()
    assert [finding.code for finding in check_company(inventory)] == ["E1001"]


def test_a_broken_archetype_is_told_once(inventory, root):
    (root / "archetypes" / "boutique-m.yaml").write_text("archetype: [\n")
    assert [finding.code for finding in check_company(inventory)] == ["E1003"]


def test_an_archetype_that_no_site_uses_is_checked_too(inventory, root):
    text = (root / "archetypes" / "boutique-m.yaml").read_text().replace("prefix: 25", "prefx: 25")
    (root / "archetypes" / "office.yaml").write_text(text)
    assert [finding.code for finding in check_company(inventory)] == ["E1203", "E1101"]


def test_the_nearer_layer_wins_and_null_takes_away():
    layers = [
        parse_document(text, name)[0]
        for text, name in (
            ("vlans: {corp: {id: 10, zone: a}, av: {id: 80}}\nlist: [1, 2]\n", "outer.yaml"),
            ("vlans: {corp: {zone: b}, av: null}\nlist: [3]\nnew: x\n", "inner.yaml"),
        )
    ]
    merged = merge_layers([layer for layer in layers if layer is not None])
    assert merged.plain() == {"vlans": {"corp": {"id": "10", "zone": "b"}}, "list": ["3"], "new": "x"}
    assert [place.file for place in chain(merged.find(("vlans", "corp", "zone")))] == ["inner.yaml", "outer.yaml"]
    assert [place.file for place in chain(merged.find(("vlans", "corp", "id")))] == ["outer.yaml"]


def claim(site, supernet, *serials):
    owned = [Own(kind="serial", value=value, owner=key, path=("devices", key, "serial")) for key, value in serials]
    return Claim(site=site, supernet=IPv4Network(supernet) if supernet else None, state="NY", owned=tuple(owned))


def test_every_overlap_is_found():
    claims = [
        claim("c", "10.2.0.0/22"),
        claim("a", "10.0.0.0/14"),
        claim("b", "10.1.0.0/22"),
        claim("d", "10.8.0.0/22"),
    ]
    assert [(each.site, each.other) for each in find_conflicts(claims)] == [("b", "a"), ("c", "a")]


def test_a_site_in_conflict_is_told_the_next_free_supernet_of_its_region():
    region = Region(name="east", pools=(IPv4Network("10.44.0.0/16"),), timezone="", states=("NY",))
    claims = [claim("a", "10.44.0.0/22"), claim("b", "10.44.0.0/23"), claim("c", "10.44.4.0/23")]
    assert suggest_supernet("b", claims, [region]) == "next free /23 of east is 10.44.6.0/23"
    assert suggest_supernet("b", claims, []) == ""


def test_a_box_at_two_sites():
    claims = [claim("a", None, ("sw1", "X")), claim("b", None, ("sw1", "Y"), ("sw2", "X"))]
    (conflict,) = find_conflicts(claims)
    assert (conflict.code, conflict.site, conflict.path) == ("E2802", "b", ("devices", "sw2", "serial"))


def test_no_claims_no_conflicts():
    assert find_conflicts([]) == ()
