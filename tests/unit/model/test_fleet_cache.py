"""What is kept of a company that has not changed is the same as what would be worked out, or it is not used."""

import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from siteauto.adapters.content_cache import KEPT, ContentCache, digest_of
from siteauto.adapters.fleet_cache import FleetCache
from siteauto.adapters.jinja_renderer import JinjaRenderer
from siteauto.adapters.running_code import RunningCode
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.app.company import Company
from siteauto.app.fleet import BOOTSTRAP, INTENDED, look_at_all, render_all, render_one
from siteauto.app.settings import read_settings
from siteauto.cli.main import run
from siteauto.core.errors import InputError
from siteauto.core.models import SiteName
from siteauto.core.site.company_rules import Claim
from siteauto.platforms import load_platforms

ROOT = Path(__file__).parents[3]
PLATFORMS = load_platforms()
MAD, COP = SiteName("us-nyc-mad01"), SiteName("us-bos-cop01")


class SettledCode(RunningCode):
    """The code of this run, whoever edits it meanwhile."""

    digest = "of this run"
    is_settled = True


@pytest.fixture
def root(tmp_path):
    for folder in ("inventory", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / "repository" / folder)
    for folder in ("sites", "locks"):
        for file in (tmp_path / "repository" / "inventory" / folder).glob("*.yaml"):
            if file.stem not in (MAD, COP):
                file.unlink()
    return tmp_path / "repository"


def open_company(root, code=None):
    """A company as a new process would see it."""
    cache = FleetCache(
        inventory=root / "inventory",
        templates=root / "templates",
        cache=ContentCache(root.parent / "cache"),
        code=code or SettledCode(),
    )
    return Company(
        inventory=YamlInventory(root / "inventory", PLATFORMS, cache),
        platforms=PLATFORMS,
        renderer=JinjaRenderer(root / "templates"),
        cache=cache,
    )


def everything(company, kind=INTENDED):
    return {name: dict(texts) for name, texts in render_all(company, look_at_all(company), kind)}


def built(company):
    """The sites that had to be built, because nothing was known of them."""
    return {name for name, each in company.inventory.look().sites.items() if each.site is not None}


@pytest.fixture
def warm(root):
    company = open_company(root)
    for kind in (INTENDED, BOOTSTRAP):
        everything(company, kind)
    assert built(open_company(root)) == set()
    return root


def test_what_is_kept_is_what_would_be_worked_out(warm):
    fresh = Company(
        inventory=YamlInventory(warm / "inventory", PLATFORMS),
        platforms=PLATFORMS,
        renderer=JinjaRenderer(warm / "templates"),
    )
    for kind in (INTENDED, BOOTSTRAP):
        assert everything(open_company(warm), kind) == everything(fresh, kind)
        assert render_one(open_company(warm), MAD, kind) == render_one(fresh, MAD, kind)
    kept, anew = open_company(warm).inventory.look(), fresh.inventory.look()
    assert (kept.findings, kept.logins, set(kept.sites)) == (anew.findings, anew.logins, set(anew.sites))


def test_texts_of_the_cache_are_really_used(warm):
    cache = open_company(warm).cache
    for name in (MAD, COP):
        for kind in (INTENDED, BOOTSTRAP):
            assert cache.texts(kind, cache.digest(name))


@pytest.mark.parametrize(
    ("file", "changed"),
    [
        (f"inventory/sites/{MAD}.yaml", {MAD}),
        ("inventory/archetypes/boutique-m.yaml", {MAD}),
        ("inventory/archetypes/boutique-s.yaml", {COP}),
        ("inventory/archetypes/office.yaml", set()),
        (f"inventory/locks/{COP}.yaml", {COP}),
        ("inventory/defaults.yaml", {MAD, COP}),
    ],
)
def test_a_changed_byte_is_seen(warm, file, changed):
    path = warm / file
    path.write_bytes(path.read_bytes() + b"# x\n")
    assert built(open_company(warm)) == changed
    assert built(open_company(warm)) == set()
    path.write_bytes(path.read_bytes().removesuffix(b"# x\n"))
    assert built(open_company(warm)) == set()  # by its content, not by its date


def test_a_changed_template_is_seen(warm):
    path = warm / "templates" / "cisco_ios" / "_clock.j2"
    path.write_text("! a new line\n" + path.read_text())
    assert built(open_company(warm)) == set()
    texts = everything(open_company(warm))
    assert "! a new line" in texts[MAD][f"{MAD}-sw1"].text
    (warm / "templates" / "cisco_ios" / "unused.j2").write_text("x")
    assert everything(open_company(warm)) == texts


def test_other_code_makes_other_entries(warm, tmp_path):
    package = tmp_path / "package"
    shutil.copytree(ROOT / "src" / "siteauto" / "core", package / "core", ignore=shutil.ignore_patterns("__pycache__"))
    before = RunningCode(package).digest
    file = package / "core" / "site" / "naming.py"
    file.write_text(file.read_text() + "# x\n")
    assert RunningCode(package).digest != before

    class Other(SettledCode):
        digest = "another"

    assert built(open_company(warm, Other())) == {MAD, COP}


def test_nothing_is_kept_while_the_code_is_edited(root, tmp_path):
    package = tmp_path / "package"
    (package / "core").mkdir(parents=True)
    (package / "core" / "x.py").write_text("")
    written = (package / "core" / "x.py").stat().st_mtime
    assert not RunningCode(package, started=written + 1).is_settled
    assert RunningCode(package, started=written + 60).is_settled
    everything(open_company(root, RunningCode(package, started=written)))
    assert built(open_company(root, RunningCode(package, started=written))) == {MAD, COP}


@pytest.mark.parametrize(
    "harm",
    [lambda b: b[:-1], lambda _: b"", lambda b: b.replace(b"a", b"b", 1), lambda b: b[:40] + b"{}", lambda b: b + b"x"],
)
def test_a_harmed_entry_is_ignored_and_written_anew(warm, harm):
    good = everything(open_company(warm))
    entries = [path for path in (warm.parent / "cache").rglob("*") if path.is_file() and path.name != "pruned"]
    before = {path: path.read_bytes() for path in entries}
    assert {path.parts[-3] for path in entries} >= {"site", "archetype", INTENDED, BOOTSTRAP}
    for path, content in before.items():
        path.write_bytes(harm(content))
    assert everything(open_company(warm)) == good
    everything(open_company(warm), BOOTSTRAP)
    assert {path: path.read_bytes() for path in entries} == before


def test_an_entry_under_another_name_is_not_believed(warm):
    folder = warm.parent / "cache" / INTENDED
    one, other = sorted(path for path in folder.rglob("*") if path.is_file())
    good = everything(open_company(warm))
    other.write_bytes(one.read_bytes())
    assert everything(open_company(warm)) == good


def test_a_site_with_problems_is_never_kept(root):
    file = root / "inventory" / "sites" / f"{COP}.yaml"
    file.write_text(file.read_text() + "vlans:\n  corp: {id: 5000}\n")
    for _ in range(2):
        look = open_company(root).inventory.look()
        assert [finding.code for finding in look.problems] == ["E2101"]
        assert set(look.sites) == {MAD}


def test_a_conflict_between_two_kept_sites_is_found(root):
    """Each is sound by itself, and stays so: what is kept of them must still be compared."""
    for name, site in ((COP, "us-bos-cop02"),):
        for folder in ("sites", "locks"):
            file = root / "inventory" / folder / f"{name}.yaml"
            (root / "inventory" / folder / f"{site}.yaml").write_text(file.read_text().replace(name, site))
    first = open_company(root).inventory.look()
    again = open_company(root).inventory.look()
    assert {finding.code for finding in first.problems} >= {"E2801", "E2802"}
    assert again.findings == first.findings
    assert {each.site for each in again.sites.values()} == {None}
    with pytest.raises(InputError, match="problem"):
        render_one(open_company(root), COP, INTENDED)
    with pytest.raises(InputError):
        everything(open_company(root))


def test_what_changes_while_it_is_read_is_not_kept(root):
    company = open_company(root)
    digest = company.cache.digest(MAD)
    known = company.cache.site(COP, company.cache.digest(COP))
    assert known is None
    everything(company)
    known = company.cache.site(MAD, digest)
    file = root / "inventory" / "sites" / f"{MAD}.yaml"
    file.write_text(file.read_text() + "# x\n")
    assert company.cache.keep_site(digest, known) is False


def test_texts_of_a_template_that_changed_meanwhile_are_not_kept(root):
    company = open_company(root)
    look = look_at_all(company)
    digest = look.sites[MAD].digest
    assert company.cache.texts(INTENDED, digest) is None  # the digest of the templates is taken here
    path = root / "templates" / "cisco_ios" / "_clock.j2"
    path.write_text("! a new line\n" + path.read_text())
    dict(render_all(company, look, INTENDED))
    assert company.cache.texts(INTENDED, digest) is None


def test_another_time_zone_database_is_another_input(warm):
    cache = open_company(warm).cache
    digest = cache.digest(MAD)
    known = cache.site(MAD, digest)
    cache.keep_site(digest, replace(known, offset=(-4, True)))
    assert cache.site(MAD, digest) is None
    assert built(open_company(warm)) == {MAD}


def test_an_archetype_that_a_pattern_would_misread_is_not_trusted(warm):
    """Whatever YAML allows: the digest covers the archetype that the site really names, or all of them."""
    file = warm / "inventory" / "sites" / f"{COP}.yaml"
    text = file.read_text()
    for other in ('"archetype": boutique-s', "archetype: 'boutique-s'", "? archetype\n: boutique-s"):
        file.write_text(text.replace("archetype: boutique-s", other))
        assert built(open_company(warm)) == {COP}
        assert built(open_company(warm)) == set()
        archetype = warm / "inventory" / "archetypes" / "boutique-s.yaml"
        archetype.write_text(archetype.read_text() + "# x\n")
        assert COP in built(open_company(warm))


def test_a_folder_that_cannot_be_written_does_no_harm(root):
    (root.parent / "cache").write_text("a file where the folder belongs")
    assert everything(open_company(root)) == everything(open_company(root))


def test_many_at_once_see_whole_entries_only(tmp_path):
    body = os.urandom(200_000)
    digest = digest_of((body,))

    def work(number):
        cache = ContentCache(tmp_path / "cache")
        for _ in range(20):
            if number % 2:
                cache.put("kind", digest, body)
            elif cache.get("kind", digest) not in (None, body):
                return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))
    assert ContentCache(tmp_path / "cache").get("kind", digest) == body
    assert len([path for path in (tmp_path / "cache").rglob("*") if path.is_file()]) == 1


def test_what_nobody_uses_goes_and_nobody_else_may_read_it(tmp_path):
    cache = ContentCache(tmp_path / "cache")
    for digest in ("aa1", "aa2"):
        cache.put("kind", digest, b"body")
    old = tmp_path / "cache" / "kind" / "aa" / "aa1"
    os.utime(old, (0, old.stat().st_mtime - KEPT - 1))
    cache.prune()
    assert (cache.get("kind", "aa1"), cache.get("kind", "aa2")) == (None, b"body")
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "cache" / "kind" / "aa" / "aa2").stat().st_mode & 0o777 == 0o600


def test_digests_tell_where_one_part_ends():
    assert digest_of((b"ab", b"c")) != digest_of((b"a", b"bc")) != digest_of((b"abc",))


def test_no_cache_means_none(root, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SITEAUTO_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("SITEAUTO_NO_CACHE", raising=False)
    assert run(["validate", "--no-cache", "--root", str(root)]) == 0
    assert run(["render", MAD, "--no-cache", "--root", str(root)]) == 0
    assert not (tmp_path / "state" / "cache").exists()
    environment = {"HOME": "/h", "SITEAUTO_STATE": "/s"}
    assert read_settings(environment, start=root, root=root).cache == Path("/s/cache")
    assert read_settings({**environment, "SITEAUTO_NO_CACHE": "1"}, start=root, root=root).cache is None
    capsys.readouterr()


def test_the_cache_holds_no_secret(root, tmp_path, monkeypatch, capsys):
    canary = "c4nary-Vh7#kq"
    monkeypatch.setenv("SITEAUTO_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("SITEAUTO_NO_CACHE", raising=False)
    assert run(["validate", "--secrets", "--root", str(root)]) == 2
    for variable in re.findall(r"SITEAUTO_SECRET_US_NYC_MAD01_\w+", capsys.readouterr().err):
        monkeypatch.setenv(variable, canary)
    assert run(["validate", "--secrets", "--root", str(root)]) == 2
    assert MAD not in capsys.readouterr().err
    everything(open_company(root))
    for folder in (tmp_path / "state", root.parent / "cache"):
        for path in folder.rglob("*"):
            assert not path.is_file() or canary.encode() not in path.read_bytes()


def test_render_all_of_the_company(root, tmp_path, capsys):
    out = tmp_path / "out"
    assert run(["render", "--all", "--output", str(out), "--root", str(root)]) == 0
    assert capsys.readouterr().out.split() == [
        str(out / f"{name}.cfg")
        for name in (f"{COP}-fw1", f"{COP}-sw1", *(f"{MAD}-{short}" for short in ("fw1", "sw1", "sw2", "wlc1")))
    ]
    dates = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    assert run(["render", "--all", "--output", str(out), "--root", str(root)]) == 0
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == dates
    for words in ([], [MAD, "--all"]):
        assert run(["render", *words, "--root", str(root)]) == 2
        assert "one site, or --all" in capsys.readouterr().err


def test_sites_that_are_opened_at_once_have_each_claim_read_once(root):
    cache, asked = open_company(root).cache, []

    def read(site):
        asked.append(site)
        return Claim(site=site, supernet=None, state=f"reading {len(asked)}", owned=())

    with ThreadPoolExecutor(8) as pool:
        claims = set(pool.map(lambda _: cache.claim(MAD, read), range(24)))
    assert (len(claims), asked) == (1, [MAD])
    (root / "inventory" / "sites" / f"{MAD}.yaml").write_text("site: edited\n")
    assert cache.claim(MAD, read).state == "reading 2"


def test_a_claim_that_was_edited_while_it_was_read_is_read_again(root):
    cache, file = open_company(root).cache, root / "inventory" / "sites" / f"{MAD}.yaml"
    before = file.read_text()

    def read(site):
        file.write_text("site: edited\n")
        return Claim(site=site, supernet=None, state="edited", owned=())

    cache.claim(MAD, read)
    file.write_text(before)
    kept = cache.claim(MAD, lambda site: Claim(site=site, supernet=None, state="as before", owned=()))
    assert kept.state == "as before"
