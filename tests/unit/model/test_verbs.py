"""The verbs that show what the inventory means, as they are typed."""

import json
from pathlib import Path

import pytest

from siteauto.cli.main import run

ROOT = Path(__file__).parents[3]
SITE = "us-nyc-mad01"


@pytest.fixture
def siteauto(capsys):
    def call(*words):
        code = run([*words, "--root", str(ROOT)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_explain_a_value(siteauto):
    code, out, _ = siteauto("explain", SITE, "vlans.guest.subnet")
    assert code == 0
    assert out.startswith("vlans.guest.subnet of us-nyc-mad01 is 10.44.16.0/24\n")
    code, out, _ = siteauto("explain", SITE, "vlans.guest.zone", "--format", "json")
    assert json.loads(out)["origin"] == "organisation"


def test_explain_what_is_built_in(siteauto):
    _, out, _ = siteauto("explain", SITE, "vlans.mgmt.lease_hours")
    assert out.splitlines()[-1] == "> built in      24"


def test_explain_a_code_needs_no_repository(siteauto, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["explain", "e2104", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["code"] == "E2104"
    assert run(["explain", "E9999"]) == 2
    assert "Copy it from the message" in capsys.readouterr().err


def test_show_intent(siteauto):
    code, out, err = siteauto("show", "intent", f"{SITE}-sw1", "--format", "json")
    assert (code, json.loads(out)["device"]["name"]) == (0, f"{SITE}-sw1")
    assert err == "target: none (no device is contacted)\n"
    _, out, _ = siteauto("show", "intent", f"{SITE}-sw1")
    assert out.startswith("site: us-nyc-mad01\n")


@pytest.mark.parametrize(("device", "said"), [(f"{SITE}-sw9", "There is no device"), ("sw1", "There is no site sw1")])
def test_an_intent_of_nobody(siteauto, device, said):
    code, _, err = siteauto("show", "intent", device)
    assert code == 2
    assert said in err


@pytest.mark.parametrize(
    ("form", "start"), [("text", "us-nyc-mad01-fw1 wan1"), ("csv", "kind,device,port"), ("json", "{")]
)
def test_cabling(siteauto, form, start):
    code, out, _ = siteauto("cabling", SITE, "--format", form)
    assert (code, out.startswith(start)) == (0, True)


def test_schema(siteauto, tmp_path):
    code, out, _ = siteauto("schema", "--output", str(tmp_path / "new"))
    assert code == 0
    assert [Path(line).name for line in out.split()] == [
        "defaults.schema.json", "archetype.schema.json", "site.schema.json",
    ]  # fmt: skip
