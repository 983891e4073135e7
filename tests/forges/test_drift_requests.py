"""`siteauto drift --pr`, with real git and the real clients of both forges."""

import pytest

from siteauto.cli.main import run

from .company import OTHER, SITE, Company, git, make_company
from .server import Answer, once

SW1 = f"{SITE}-sw1"
BRANCH = f"siteauto/drift/{SITE}"
GITHUB = pytest.mark.parametrize("forge", ["github"], indirect=True)  # what the other does alike
HAND = ("description edge", "description label printer")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_company(tmp_path_factory.mktemp("company"))


@pytest.fixture
def company(made, forge):
    forge.state.pulls.clear()
    return Company(made, forge)


@pytest.fixture
def drift(company, monkeypatch, capsys):
    """Runs the verb; gives its exit code and all that it said."""
    forge = company.forge
    monkeypatch.setenv("SITEAUTO_STATE", str(forge.folder / "state"))
    monkeypatch.setenv("SITEAUTO_FORGE_TOKEN", "tok-writer")
    monkeypatch.setattr("siteauto.app.forges.SystemClock", lambda: forge.clock)
    url = forge.server.api_url if forge.kind == "github" else forge.server.origin

    def command(*arguments):
        capsys.readouterr()
        where = ("--forge", forge.kind, "--repository", "maison/sites", "--api-url", url)
        files = ("--root", str(company.root), "--backups", str(company.backups))
        code = run(["drift", "--offline", "--pr", *where, *files, *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def only(company):
    (pull,) = company.forge.state.pulls.values()
    return pull


def test_a_description_is_adopted_and_after_the_merge_the_drift_is_gone(company, drift):
    company.change(SW1, HAND)
    code, said = drift()
    assert (code, "opened http" in said) == (5, True), said
    pull = only(company)
    assert (pull.branch, pull.base, pull.title) == (BRANCH, "main", f"Drift of {SITE}: 1 device")
    assert "## Adopt: merge this" in pull.body
    assert "## Or revert: what to type on the devices" in pull.body
    assert " description edge" in pull.body
    assert "proven by rendering the site" in pull.body
    ((word, path, patch),) = company.forge.state.files_of(pull)
    assert (word, path) == ("modified", f"inventory/sites/{SITE}.yaml")
    assert "description: label printer" in patch
    git(company.root, "fetch", "--quiet", "origin", BRANCH)
    git(company.root, "push", "--quiet", "origin", "FETCH_HEAD:main")
    company.pull()
    pull.is_open, pull.is_merged = False, True
    code, said = drift()
    assert (code, "none is needed" in said) == (0, True), said


@GITHUB
def test_the_same_drift_again_writes_nothing_and_another_renews_in_place(company, drift):
    company.change(SW1, HAND)
    drift()
    body, head = only(company).body, company.forge.state.head_of(only(company))
    before = len(company.forge.server.writes)
    _, said = drift()
    assert "as it was" in said
    assert company.forge.server.writes[before:] == []
    company.change(SW1, ("description label printer", "description scales"))
    _, said = drift()
    assert "brought up to date" in said
    assert only(company).body != body
    assert company.forge.state.head_of(only(company)) != head
    assert company.forge.state.git("rev-list", "--count", f"main..{BRANCH}") == "1"


def test_it_closes_itself_when_the_drift_is_gone(company, drift):
    company.change(SW1, HAND)
    drift()
    company.change(SW1, HAND[::-1])
    code, said = drift()
    assert (code, "the drift is gone" in said) == (0, True)
    assert not only(company).is_open
    assert "the drift is gone" in company.forge.state.bodies(1)[0]
    assert company.forge.state.git("branch", "--list", BRANCH) == ""


@GITHUB
def test_a_device_that_cannot_be_compared_keeps_it_open(company, drift):
    company.change(SW1, HAND)
    drift()
    company.change(SW1, HAND[::-1])
    company.change(f"{SITE}-wlc1", ("\nend\n", "\n"))
    code, _ = drift()
    assert code == 4
    assert only(company).is_open


@GITHUB
def test_what_cannot_be_expressed_goes_into_an_overlay(company, drift):
    company.change(SW1, ("\nend\n", "\nip tftp source-interface Vlan99\nend\n"))
    drift()
    assert "`extra_cli` of sw1" in only(company).body
    ((_, _, patch),) = company.forge.state.files_of(only(company))
    assert "extra_cli: ip tftp source-interface Vlan99" in patch


@GITHUB
def test_what_no_edit_says_is_told(company, drift):
    company.change(SW1, ("hostname us-nyc-mad01-sw1\n", "hostname other\n"))
    drift()
    assert "it has: hostname other" in only(company).body or "`extra_cli` of sw1" in only(company).body


@GITHUB
def test_where_nothing_can_be_written_merging_changes_nothing(company, drift):
    text = company.config(SW1).read_text()
    vlan = next(line for line in text.splitlines() if line.startswith(" switchport access vlan"))
    company.change(SW1, (f"{vlan}\n", ""))
    drift()
    assert "merging changes nothing" in only(company).body
    assert list(company.forge.state.files_of(only(company))) == []


@GITHUB
def test_as_many_as_may_be_open(company, drift):
    company.change(SW1, HAND)
    company.change(f"{OTHER}-sw1", HAND)
    _, said = drift("--pr-limit", "1")
    assert "left out" in said
    assert len(company.forge.state.pulls) == 1


@GITHUB
def test_what_a_person_closed_is_not_opened_again_until_it_is_another(company, drift):
    company.change(SW1, HAND)
    drift()
    only(company).is_open = False
    _, said = drift()
    assert "drift-ignore.yaml" in said
    assert len(company.forge.state.pulls) == 1
    company.change(SW1, ("description label printer", "description scales"))
    drift()
    assert [pull.is_open for pull in company.forge.state.pulls.values()] == [False, True]


@GITHUB
def test_a_commit_of_a_person_is_not_overwritten(company, drift):
    company.change(SW1, HAND)
    drift()
    git(company.root, "fetch", "--quiet", "origin", BRANCH)
    git(company.root, "switch", "--quiet", "--create", "own", "FETCH_HEAD")
    git(company.root, "commit", "--quiet", "--allow-empty", "--message", "by hand")
    git(company.root, "push", "--quiet", "origin", f"own:{BRANCH}")
    git(company.root, "switch", "--quiet", "main")
    company.change(SW1, ("description label printer", "description scales"))
    drift()
    assert company.forge.state.git("log", "-1", "--format=%s", BRANCH) == "by hand"


@GITHUB
def test_a_forge_that_dies_in_between_is_made_good_by_the_next_run(company, drift):
    """The branch is pushed, the pull request is not."""
    company.change(SW1, HAND)
    company.forge.server.faults.append(once(Answer(500, {"message": "oops"}), method="POST", path="pulls"))
    code, said = drift()
    assert (code, "500" in said) == (4, True)
    assert "Traceback" not in said
    code, said = drift()
    assert (code, "opened" in said) == (5, True)


@GITHUB
def test_bad_input(company, drift):
    company.change(SW1, HAND)
    (company.root / "inventory/defaults.yaml").open("a").write("# not committed\n")
    code, said = drift()
    assert (code, "not committed" in said) == (2, True)
    git(company.root, "commit", "--quiet", "--all", "--message", "mine alone")
    code, said = drift()
    assert (code, "HEAD holds commits that main of origin does not" in said) == (2, True)
    code, said = drift("--remote", "nowhere")
    assert (code, "no remote nowhere" in said) == (2, True)
    assert company.forge.state.pulls == {}
