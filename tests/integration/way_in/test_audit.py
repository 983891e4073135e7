"""`siteauto audit` over real git repositories, as Oxidized (bare) and RANCID (with a work tree) leave them."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from siteauto.cli.main import run

VALUES = ("r3adMe-77", "13061E010803", "s3ssionKey99")
PORTS = "".join(f"interface GigabitEthernet1/0/{n}\n description desk {n}\n!\n" for n in range(1, 25))
MASKED = "snmp-server community <removed>\nenable secret 5 <secret hidden>\n"


def ios(*lines: str, changed: str = "01:00", ports: str = PORTS) -> str:
    body = "".join(f"{line}\n" for line in lines)
    head = f"! NVRAM config last updated at {changed}\n!\nversion 17.9\nhostname sw1\n!\n"
    return f"{head}{body}{ports}{MASKED}end\n"


def cut(text: str) -> str:
    return text[: len(text) // 2]


class Repository:
    """A repository in the making: one commit after the other, each one hour later."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.names = folder, []
        folder.mkdir()
        self.git("init", "-q", "-b", "master")

    def git(self, *words: str) -> str:
        when = f"2026-03-01T{len(self.names):02d}:00:00+00:00"
        who = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": "/dev/null"}
        words = ("-c", "user.name=oxidized", "-c", "user.email=oxidized@example.net", *words)
        done = subprocess.run(["git", *words], cwd=self.folder, env=os.environ | who, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def commit(self, **texts: str) -> str:
        for name, text in texts.items():
            path = self.folder / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "update")
        self.names.append(self.git("rev-parse", "HEAD"))
        return self.names[-1][:12]


@pytest.fixture(scope="module")
def oxidized(tmp_path_factory):
    """sw1 is cut and mended, then noise; sw2 becomes empty for good; sw3 leaks for one commit; odd is nobody's."""
    folder = tmp_path_factory.mktemp("oxidized")
    made = Repository(folder / "work")
    leaking = ios(f"snmp-server community {VALUES[0]} RO", f"username ops password 7 {VALUES[1]}")
    commits = {
        "first": made.commit(sw1=ios(), sw2=ios("ip routing"), sw3=ios("no ip http server"), odd="nothing known\n"),
        "cut": made.commit(sw1=cut(ios())),
        "still cut": made.commit(sw1=cut(ios()) + "!\n"),
        "mended": made.commit(sw1=ios("vtp mode off")),
        "noise": made.commit(sw1=ios("vtp mode off", changed="02:00")),
        "empty": made.commit(sw2=""),
        "leaking": made.commit(sw3=leaking),
        "clean again": made.commit(sw3=ios("no ip http server", "ip routing")),
        "lost": made.commit(sw1=ios("vtp mode off", ports=PORTS[:200] + "\n!\n")),
    }
    made.git("clone", "-q", "--bare", str(made.folder), str(folder / "configs.git"))
    return folder / "configs.git", commits


def audit(capsys, *words: str) -> tuple[int, dict]:
    code = run(["audit", *map(str, words), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def told(document: dict, device: str) -> list[dict]:
    return [item for item in document["items"] if item["device"] == device]


def test_a_good_copy_that_a_bad_one_replaced_is_named_with_both_commits(oxidized, capsys):
    repository, commits = oxidized
    code, document = audit(capsys, repository)
    assert code == 3
    first, lost = told(document, "sw1")
    assert first["name"].startswith(f"commit {commits['cut']} of 2026-03-01T01:")
    assert first["message"].startswith("replaced a good copy: it ends with ")
    assert first["message"].endswith(f"whole again in {commits['mended']}, after 2 copies")
    assert lost["name"].startswith(f"commit {commits['lost']}")
    assert "look whether somebody wanted that" in lost["message"]
    (empty,) = told(document, "sw2")
    assert empty["name"].startswith(f"commit {commits['empty']}")
    assert empty["message"] == (
        "replaced a good copy: the answer is empty; never whole since: the last copy is bad (1 copy)"
    )


def test_secrets_are_named_by_their_place_and_never_by_their_value(oxidized, capsys):
    repository, commits = oxidized
    _, document = audit(capsys, repository)
    community, password = told(document, "sw3")
    assert community["name"] == "line 6: snmp-server community ‹…› RO"
    assert community["message"] == (
        f"readable (plain text) in 1 of 3 copies since {commits['leaking']}, not in the last one, but in the history"
    )
    assert password["name"] == "line 7: username ops password 7 ‹…›"
    assert "type 7" in password["message"]
    for form in ("text", "json", "jsonl", "markdown", "junit"):
        assert run(["audit", str(repository), "--format", form]) == 3
        assert not [value for value in VALUES if value in capsys.readouterr().out]


def test_noise_is_counted_and_an_unknown_file_is_named(oxidized, capsys):
    _, document = audit(capsys, oxidized[0])
    assert document["facts"]["commits"] == "9"
    assert document["facts"]["commits that were only noise"] == "1"
    (odd,) = told(document, "odd")
    assert odd["status"] == "untested"


def test_since_looks_at_later_commits_alone_and_still_knows_what_was_there_before(oxidized, capsys):
    repository, commits = oxidized
    _, document = audit(capsys, repository, "--since", "2026-03-01T04:30:00+00:00")
    assert [item["name"].split()[1] for item in told(document, "sw2")] == [commits["empty"]]
    assert document["facts"]["commits"] == "4"
    assert "replaced a good copy" in told(document, "sw2")[0]["message"]


def test_a_line_cut_within_a_secret_tells_nothing_of_it(tmp_path, capsys):
    made = Repository(tmp_path / "work")
    made.commit(sw1=ios())
    made.commit(sw1=ios().partition("interface")[0] + f"ip ospf authentication-key {VALUES[2]}\n"
                f"snmp-server community {VALUES[0]}")  # fmt: skip
    assert run(["audit", str(made.folder)]) == 3
    said = capsys.readouterr().out
    assert not [value for value in VALUES if value in said]
    assert "it ends with 'snmp-server community" in said


def test_a_work_tree_of_rancid_is_read_by_its_own_word_and_a_healthy_one_is_well(tmp_path, capsys):
    made = Repository(tmp_path / "core")
    head = "!RANCID-CONTENT-TYPE: cisco\n!\n!Chassis type: C9300\n!\n"
    made.commit(**{"configs__sw9": head + ios(), "router.db": "sw9;cisco;up\n", ".gitignore": "*.new\n"})
    code, document = audit(capsys, made.folder)
    assert (code, [item["status"] for item in document["items"]]) == (0, ["ok"])
    assert told(document, "configs/sw9")[0]["message"] == "cisco_ios"


def test_what_is_no_repository_and_what_is_no_platform_say_so(tmp_path, oxidized, capsys):
    assert run(["audit", str(tmp_path)]) == 2
    assert "is no git repository with a commit. Expected: the repository that Oxidized" in capsys.readouterr().err
    assert run(["audit", str(oxidized[0]), "--platform", "cisco_iso"]) == 2
    assert "There is no platform cisco_iso" in capsys.readouterr().err


def test_the_router_db_says_of_what_platform_a_file_is(oxidized, tmp_path, capsys):
    (tmp_path / "router.db").write_text("odd:ios\nsw1:ios\n", encoding="utf-8")
    _, document = audit(capsys, oxidized[0], "--router-db", tmp_path / "router.db")
    (odd,) = told(document, "odd")
    assert odd["status"] == "incomplete"
    assert odd["message"].startswith("no good copy before it: it lacks 'version'")
