"""`siteauto import`: what Oxidized and RANCID know becomes site files, and no password comes along."""

import shutil
from pathlib import Path

import pytest

from siteauto.adapters.oxidized_config import read_oxidized_config
from siteauto.adapters.secret_file import read_secrets
from siteauto.cli.main import run
from siteauto.core.way_in.oxidized import read_oxidized
from siteauto.core.way_in.rancid import read_cloginrc, read_rancid

ROOT = Path(__file__).parents[3]
CONFIG = """\
---
username: backup
password: gl0bal-pw
model: ios
groups:
  fi-hel-abc01:
    username: hel
    password: hel-gr0up-pw
    models:
      junos: {password: "hel-jun0s: pw"}
models:
  eos: {username: arista, password: e0s-pw}
input: {default: "ssh, telnet"}
source:
  default: csv
  csv:
    file: ~/.config/oxidized/router.db
    delimiter: !ruby/regexp /:/
    map: {name: 0, ip: 1, model: 2, group: 3, username: 4, password: 5}
    vars_map: {enable: 6, ssh_port: 7}
    gpg: false
model_map: {cisco: ios, juniper: junos}
"""
ROUTER_DB = """\
# name:ip:model:group:username:password:enable:port
sw1.hel.example.net:10.200.0.1:cisco:fi-hel-abc01::::
fw1:10.200.0.2:juniper:fi-hel-abc01::::
sw1.old.example.net:10.200.0.3::fi-hel-abc01:own:0wn-pw:en4ble-pw:2222
10.200.1.1:10.200.1.1:eos:tallinn::::
nohost:nohost.example.net:neverheardof:tallinn::::
"""
CLOGINRC = r"""
# first match counts
add user sw*.hel.example.net {hel}
add user * backup
add password sw*.hel.example.net {hel\}pw} {enable-pw}
add autoenable sw*.hel.example.net {1}
add password * "star pw" {enable-pw}
add method *.old.example.net {telnet} {ssh}
include {/etc/more}
"""
PASSWORDS = ("gl0bal-pw", "hel-gr0up-pw", "hel-jun0s: pw", "e0s-pw", "0wn-pw", "en4ble-pw", "star pw", "hel}pw")


@pytest.fixture
def root(tmp_path):
    shutil.copytree(ROOT / "inventory", tmp_path / "company" / "inventory")
    (tmp_path / "config").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "router.db").write_text(ROUTER_DB, encoding="utf-8")
    return tmp_path / "company"


def words(root, *more: object) -> list[str]:
    files = ("--config", root.parent / "config", root.parent / "router.db", "--root", root)
    return ["import", "oxidized", *map(str, (*files, "--group", "tallinn=ee-tal-abc01", *more))]


def test_the_nearest_login_counts_as_oxidized_has_it():
    devices = read_oxidized(ROUTER_DB, read_oxidized_config(CONFIG))
    assert [(one.name, one.model, one.login.name, one.login.username, one.login.password) for one in devices] == [
        ("sw1.hel.example.net", "ios", "group-fi-hel-abc01", "hel", "hel-gr0up-pw"),
        ("fw1", "junos", "group-fi-hel-abc01-junos", "hel", "hel-jun0s: pw"),
        ("sw1.old.example.net", "ios", "", "own", "0wn-pw"),
        ("10.200.1.1", "eos", "model-eos", "arista", "e0s-pw"),
        ("nohost", "neverheardof", "default", "backup", "gl0bal-pw"),
    ]
    assert "0wn-pw" not in repr(devices)


def test_the_first_glob_counts_as_rancid_has_it():
    text = "sw1.hel.example.net;cisco;up\nr2.old.example.net:juniper:up\ngone;cisco;down;since May\n"
    devices = read_rancid(text, "core", read_cloginrc(CLOGINRC))
    assert [(one.name, one.model, one.login.name, one.login.username, one.login.password) for one in devices] == [
        ("sw1.hel.example.net", "cisco", "cloginrc-5", "hel", "hel}pw"),
        ("r2.old.example.net", "juniper", "cloginrc-7", "backup", "star pw"),
    ]
    assert devices[0].notes == ()
    assert devices[1].notes == (
        "is asked over telnet first: siteauto speaks SSH",
        "has an enable password: siteauto needs a login that is privileged at once",
    )


def test_site_files_have_references_and_named_gaps(root, capsys):
    assert run(words(root)) == 0
    said = capsys.readouterr().out
    hel, tallinn = ((root / f"inventory/sites/{name}.yaml").read_text() for name in ("fi-hel-abc01", "ee-tal-abc01"))
    assert hel.partition("backup_only:\n")[2] == (
        "  sw1: {platform: cisco_ios, address: 10.200.0.1, "
        "login: {username: hel, password: secret://imported/group-fi-hel-abc01}}\n"
        "  fw1: {platform: juniper_junos, address: 10.200.0.2, "
        "login: {username: hel, password: secret://imported/group-fi-hel-abc01-junos}}\n"
        "  sw1-2: {platform: cisco_ios, address: 10.200.0.3, port: 2222, "
        "login: {username: own, password: secret://fi-hel-abc01/sw1-2}}\n"
    )
    assert "  box-10-200-1-1: {platform: arista_eos, address: 10.200.1.1, " in tallinn
    assert "ee-tal-abc01 nohost: platform: siteauto has none for neverheardof" in said
    assert "ee-tal-abc01 nohost: address: only the name nohost.example.net is known" in said
    assert "secret://fi-hel-abc01/sw1-2" in said
    assert "sw1.old.example.net has an enable password" in said
    assert not [each for each in PASSWORDS if each in said + hel + tallinn]


def test_what_is_known_is_valid_as_it_is_and_validate_names_the_gaps(root, capsys):
    run(words(root))
    capsys.readouterr()
    assert run(["validate", "--root", str(root)]) == 2
    told = "".join(capsys.readouterr())
    assert told.count("error[") == 2
    for gap in ("platform", "address"):
        assert f"error[E1104]: backup_only.nohost.{gap} is still to be filled in" in told
    file = root / "inventory/sites/ee-tal-abc01.yaml"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if "nohost" not in line]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert run(["validate", "--root", str(root)]) == 0


def test_passwords_go_into_one_new_file_outside_git(root, capsys):
    values = root.parent / "values.yaml"
    assert run(words(root, "--secrets-out", values)) == 0
    assert values.stat().st_mode & 0o777 == 0o600
    assert read_secrets(values)["imported/group-fi-hel-abc01-junos"] == "hel-jun0s: pw"
    assert "secret://" not in capsys.readouterr().out


def test_nothing_is_written_over_or_into_a_repository(root, capsys):
    (root / ".git").mkdir()
    assert run(words(root, "--secrets-out", root / "values.yaml")) == 2
    assert "is in the git work tree" in capsys.readouterr().err
    assert not (root / "inventory/sites/fi-hel-abc01.yaml").exists()
    (root.parent / "values.yaml").write_text("mine", encoding="utf-8")
    assert run(words(root, "--secrets-out", root.parent / "values.yaml")) == 2
    assert run(words(root)) == 0
    capsys.readouterr()
    assert run(words(root)) == 2
    assert "there already" in capsys.readouterr().err


def test_a_dry_run_prints_and_writes_nothing(root, capsys):
    assert run(words(root, "--dry-run", "--site", "fi-hel-xyz01")) == 0
    assert "site: fi-hel-xyz01\nbackup_only:\n" in capsys.readouterr().out
    assert not list((root / "inventory/sites").glob("fi-*"))


def test_groups_that_are_no_sites_are_asked_for_at_once(root, capsys):
    assert run([*words(root)[:-2], "--dry-run"]) == 2
    assert "--group tallinn=SITE" in capsys.readouterr().err


def test_a_line_without_a_device_is_named_with_its_file(root, capsys):
    (root / "second.db").write_text("sw1:ios\n:ios\n", encoding="utf-8")
    assert run(["import", "oxidized", str(root / "second.db"), "--site", "us-bos-old01", "--root", str(root)]) == 2
    assert f"Line 2 of {root / 'second.db'} names no device" in capsys.readouterr().err


def test_a_device_that_stands_twice_is_taken_once_and_told(root, capsys):
    with (root.parent / "router.db").open("a") as file:
        file.write(ROUTER_DB.splitlines()[2] + "\n")
    assert run(words(root)) == 0
    assert "fw1 stands there 2 times" in capsys.readouterr().out
    assert (root / "inventory/sites/fi-hel-abc01.yaml").read_text().count("address: 10.200.0.2,") == 1


def test_a_configuration_that_is_broken_is_not_quoted(root, capsys):
    (root.parent / "config").write_text("password: {gl0bal-pw\nusername: x: y", encoding="utf-8")
    assert run(words(root)) == 2
    assert "gl0bal-pw" not in "".join(capsys.readouterr())


def test_rancid_groups_are_folders_and_what_is_down_is_left_out(root, capsys):
    folder = root.parent / "fi-hel-abc01"
    folder.mkdir()
    (folder / "router.db").write_text("10.200.0.1;cisco;up\n10.200.0.2;juniper;down\n", encoding="utf-8")
    (folder / "cloginrc").write_text(CLOGINRC, encoding="utf-8")
    files = ("--cloginrc", folder / "cloginrc", folder / "router.db", "--root", root)
    assert run(["import", "rancid", *map(str, files)]) == 0
    said = capsys.readouterr().out
    assert "10.200.0.2 is down: left out" in said
    assert "the cloginrc includes /etc/more: not read" in said
    assert "secret://imported/cloginrc-7" in said
