"""The nftables cases against the real program, in a network namespace of its own: no privileges, no device."""

import shutil
import subprocess
from pathlib import Path

import pytest

from siteauto.core.config import diff, normalise, remediate, to_candidate
from siteauto.platforms.nftables import CONFIG

CASES = sorted(path.parent for path in Path(__file__).parent.glob("nftables/*/running.txt"))


def nft(script: str) -> subprocess.CompletedProcess[str]:
    command = ["unshare", "-rn", "sh", "-c", "nft -f /dev/stdin && nft -s list ruleset"]
    return subprocess.run(command, input=script, capture_output=True, text=True, timeout=20)


def works() -> bool:
    return bool(shutil.which("unshare") and shutil.which("nft")) and nft("table inet t {\n}\n").returncode == 0


pytestmark = pytest.mark.skipif(not works(), reason="`unshare -rn nft` does not work on this machine")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_program_takes_what_is_written_and_lists_the_same(case: Path):
    for name in ("running", "intended"):
        tree = normalise(CONFIG, (case / f"{name}.txt").read_text())
        answer = nft(to_candidate(tree))
        assert answer.returncode == 0, answer.stderr
        assert not diff(normalise(CONFIG, answer.stdout), tree).significant


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_program_goes_there_and_back(case: Path):
    running, intended = ((case / f"{name}.txt").read_text() for name in ("running", "intended"))
    found = remediate(normalise(CONFIG, running), normalise(CONFIG, intended))
    there = nft("\n".join((running, *found.commands, "")))
    assert not diff(normalise(CONFIG, there.stdout), normalise(CONFIG, intended)).significant, there.stderr
    back = nft("\n".join((running, *found.commands, *found.rollback, "")))
    assert not diff(normalise(CONFIG, back.stdout), normalise(CONFIG, running)).significant, back.stderr
