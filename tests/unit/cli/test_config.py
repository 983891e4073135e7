"""`siteauto config`: the engine on two files, with its exit codes; nothing of a device steers the terminal."""

import json
from pathlib import Path

import pytest

from siteauto.cli.main import run

RUNNING = "hostname sw1\ninterface GigabitEthernet1/0/1\n description old\n"
INTENDED = "hostname sw1\ninterface GigabitEthernet1/0/1\n description new\n"


@pytest.fixture
def files(tmp_path: Path):
    def write(running: str, intended: str = INTENDED) -> list[str]:
        (tmp_path / "running").write_text(running, encoding="utf-8")
        (tmp_path / "intended").write_text(intended, encoding="utf-8")
        return ["--platform", "cisco_ios", str(tmp_path / "running"), str(tmp_path / "intended")]

    return write


def test_equal_texts_give_zero_and_no_output(files, capsys):
    assert run(["config", "diff", *files(INTENDED)]) == 0
    assert run(["config", "diff", *files(INTENDED), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["equal"] is True


def test_what_differs_is_shown_with_code_five(files, capsys):
    assert run(["config", "diff", *files(RUNNING)]) == 5
    assert capsys.readouterr().out == (" interface GigabitEthernet1/0/1\n- description old\n+ description new\n")


def test_the_way_there_and_back_comes_with_its_proof(files, capsys):
    assert run(["config", "remediate", *files(RUNNING)]) == 5
    told = capsys.readouterr().out
    assert " description new\n" in told
    assert "# rollback:\ninterface GigabitEthernet1/0/1\n description old" in told
    assert told.endswith("# proof: these commands lead to the intended configuration\n")
    assert run(["config", "remediate", *files(RUNNING), "--format", "json"]) == 5
    assert json.loads(capsys.readouterr().out)["converges"] is True


def test_a_login_in_use_stays(files, capsys):
    paths = files("username admin privilege 15 secret 9 x\n", "hostname a\n")
    assert run(["config", "remediate", *paths, "--keep-login", "admin"]) == 5
    told = capsys.readouterr().out
    assert "# by hand: username admin: the login in use would be removed" in told
    assert "no username" not in told


def test_a_normalised_text_is_one_for_all_ways_to_write_it(files, capsys):
    paths = files("vlan 10-12\ninterface gi1/0/1\n description x\n")[:-1]
    assert run(["config", "normalise", *paths]) == 0
    assert "vlan 11\n" in (told := capsys.readouterr().out)
    assert "interface GigabitEthernet1/0/1\n description x\n" in told


def test_what_stands_for_a_secret_is_told_to_whoever_types_it(tmp_path, capsys):
    (tmp_path / "running").write_text("system { host-name a; }\n")
    (tmp_path / "intended").write_text(
        "set system host-name a\n"
        "set system ntp authentication-key 1 value secret://lab/ntp\n"
        "set system root-authentication encrypted-password secret://lab/root\n"
        'set protocols ospf area 0 interface ge-0/0/0 authentication md5 1 key "$9$6zF3C0IEhrMWxp07VY2UDFn6Au1SyKMX-REYg"\n'
    )
    words = ["--platform", "juniper_junos", str(tmp_path / "running"), str(tmp_path / "intended")]
    assert run(["config", "remediate", *words]) == 5
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("# secret: ")]
    assert told[:2] == [
        "# secret: secret://lab/ntp: type its value",
        "# secret: secret://lab/root: type its sha512 hash",
    ]
    assert told[2].startswith("# secret: ‹junos9 #")
    assert told[2].endswith("›: type what stands there in the text that was read; it is not shown")
    run(["config", "remediate", *words, "--format", "json"])
    assert len(json.loads(capsys.readouterr().out)["secrets"]) == 3


def test_control_characters_of_a_device_do_not_reach_the_terminal(files, capsys):
    assert run(["config", "diff", *files("hostname a\x1b[31m\u202eb\n")]) == 5
    assert not {"\x1b", "\u202e"}.intersection(capsys.readouterr().out)


def test_a_text_without_an_end_does_not_swallow_the_device(files, capsys):
    assert run(["config", "diff", *files("banner motd #\nhello\n" + INTENDED)]) == 5
    told = capsys.readouterr()
    assert sorted(told.out.splitlines()) == ["-banner motd #", "-hello"]
    assert "running:1: this text has no end and is compared line by line: banner motd #" in told.err


def test_a_text_that_is_nested_too_deep_is_told(files, capsys):
    paths = files("\n".join("config a" for _ in range(1000)))
    assert run(["config", "normalise", "--platform", "fortinet", *paths[2:3]]) == 0
    assert "running: nested deeper than 64 levels" in capsys.readouterr().err


def test_an_unknown_platform_is_named_with_the_known_ones(files, capsys):
    paths = files(RUNNING)
    assert run(["config", "diff", "--platform", "cisco_iso", *paths[2:]]) == 2
    assert "There is no platform cisco_iso. Expected: arista_eos, " in capsys.readouterr().err
