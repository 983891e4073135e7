"""A company of two sites with templates of a few lines, its backups, and a person at the switches."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from siteauto.cli.main import run

INVENTORY = Path(__file__).parents[1] / "errors" / "base"
NOW = 1793678400  # 2026-11-03 04:00 UTC
GIT = ("git", "-c", "user.name=anna", "-c", "user.email=anna@example.net", "-c", "commit.gpgsign=false")
SITES = ("us-bos-new01", "us-nyc-mad01")

SWITCH = """\
version 17.9
hostname {{ intent.device.name }}
username {{ intent.organisation.local_admin }} privilege 15 secret {{ intent.secret("local_admin") }}
vlan 10
 name CORP
vlan 20
 name POS
interface GigabitEthernet1/0/1
 description uplink
 switchport trunk allowed vlan 10,20
interface GigabitEthernet1/0/3
 description desk
interface Vlan99
 ip address 10.0.0.2 255.255.255.0
ip access-list extended GUARD
 10 permit ip any any
logging host 10.10.0.31
{% for server in intent.organisation.ntp_servers %}
ntp server {{ server }}
{% endfor %}
end
"""
FIREWALL = """\
#config-version=FGT60F-7.4.7
config system global
    set hostname "{{ intent.device.name }}"
end
config router multicast
end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A repository with a branch `main`, and the folder of its backups."""

    root: Path
    backups: Path

    def git(self, *arguments: str, folder: Path | None = None, at: int = NOW - 7200) -> str:
        environment = {"GIT_AUTHOR_DATE": f"{at} +0000", "GIT_COMMITTER_DATE": f"{at} +0000", "HOME": str(self.root)}
        result = subprocess.run(
            [*GIT, *arguments], cwd=folder or self.root, env=environment, capture_output=True, text=True, check=True
        )
        return result.stdout.strip()

    def commit(self, subject: str) -> None:
        """Everything in the repository as it stands."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject)

    def edit(self, file: str, *changes: tuple[str, str]) -> None:
        """Replace words in a file of the repository."""
        path = self.root / file
        text = path.read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text)

    def back_up(self, device: str, *changes: tuple[str, str], at: int = NOW - 7200) -> None:
        """A backup that is as main intends, but for what somebody did by hand."""
        text = (self.backups / "made" / f"{device}.cfg").read_text()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        repository = self.backups / "config"
        file = repository / device.rpartition("-")[0] / f"{device}.cfg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self.git("add", "--all", folder=repository)
        self.git("commit", "--quiet", "--message", "Back up", folder=repository, at=at)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(root=tmp_path / "company", backups=tmp_path / "backups")
    shutil.copytree(INVENTORY, made.root / "inventory")
    for name, text in {
        "cisco_ios/core.j2": SWITCH,
        "cisco_ios/wlc.j2": SWITCH,
        "fortinet/firewall.j2": FIREWALL,
    }.items():
        (made.root / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (made.root / "templates" / name).write_text(text)
    made.git("init", "--quiet", "--initial-branch=main")
    made.commit("one")
    (made.backups / "config").mkdir(parents=True)
    made.git("init", "--quiet", "--initial-branch=main", folder=made.backups / "config")
    for site in SITES:
        assert run(["render", site, "--root", str(made.root), "--output", str(made.backups / "made")]) == 0
        shutil.copytree(made.backups / "made", made.backups / "config" / site, dirs_exist_ok=True)
    made.git("add", "--all", folder=made.backups / "config")
    made.git("commit", "--quiet", "--message", "Back up", folder=made.backups / "config")
    return made


@pytest.fixture
def siteauto(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs a command line against the bench; gives its exit code and all that it said, without what changes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    monkeypatch.setenv("SITEAUTO_STATE", str(bench.root.parent / "state"))

    def command(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run([*arguments, "--root", str(bench.root), "--backups", str(bench.backups)])
        said = capsys.readouterr()
        text = (said.out + said.err).replace(str(bench.root.parent), "DIR")
        text = re.sub(r"siteauto-\w{8}", "TEMPORARY", text)
        return code, re.sub(r"\b(?:[0-9a-f]{40}|[0-9a-f]{10})\b", "COMMIT", text)

    return command
