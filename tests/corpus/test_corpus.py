"""Every folder <platform>/<case> with running.txt and intended.txt is one case of the configuration engine.

diff.txt: the drift, and below it each difference that is none with its word. remediation.txt and rollback.txt: what is
typed, and below it what was refused. guards.txt (optional): `login NAME` and `path SLOT / SLOT` that must stay.
"""

from pathlib import Path

import pytest

from siteauto.core.config import (
    SecretBook,
    apply,
    diff,
    diff_text,
    exact_diff,
    explain,
    normalise,
    remediate,
    to_candidate,
)
from siteauto.core.config.diff import DRIFT
from siteauto.platforms import load_platforms

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/running.txt"))
BOOK = SecretBook(
    values={
        "lab/local_admin": "Correct-Horse-9",
        "lab/enable": "Battery-Staple-8",
        "lab/radius": "radius-key-7",
        "lab/tacacs": "tacacs-key-7",
        "lab/ntp": "ntp-key-7",
        "lab/snmp_auth": "snmp-auth-key",
        "lab/snmp_priv": "snmp-priv-key",
        "lab/wlan": "wlan password",
    },
    key=b"corpus",
)


def test_there_are_cases():
    assert len(CASES) > 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, request: pytest.FixtureRequest):
    rules = load_platforms()[case.parent.name].config
    running = normalise(rules, read(case, "running"), secrets=BOOK)
    intended = normalise(rules, read(case, "intended"), secrets=BOOK)
    found = diff(running, intended)
    logins, paths = guards(case)
    result = remediate(running, intended, keep_logins=logins, keep_paths=paths)

    expect(case, "diff", diff_text(found) + quiet(explain(found)), request)
    expect(case, "remediation", lines(result.commands) + refused(result.refused), request)
    expect(case, "rollback", lines(result.rollback) + refused(result.rollback_leaves), request)

    after = apply(running, result.commands)
    assert result.converges == (not diff(after, intended).significant and not result.refused)
    assert not exact_diff(apply(after, result.rollback), running).significant
    assert not diff(running, running).differences
    assert not diff(normalise(rules, to_candidate(running), secrets=BOOK), running).significant


def read(case: Path, name: str) -> str:
    path = case / f"{name}.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def guards(case: Path) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    words = [line.split(" ", 1) for line in read(case, "guards").splitlines()]
    return (
        tuple(rest for kind, rest in words if kind == "login"),
        tuple(tuple(rest.split(" / ")) for kind, rest in words if kind == "path"),
    )


def lines(commands: tuple[str, ...]) -> str:
    return "".join(f"{line}\n" for line in commands)


def quiet(explained: tuple[str, ...]) -> str:
    return lines(tuple(f"# {line}" for line in explained if line.partition(":")[0] not in DRIFT))


def refused(reasons: tuple[str, ...]) -> str:
    return lines(tuple(f"# refused: {reason}" for reason in reasons))


def expect(case: Path, name: str, text: str, request: pytest.FixtureRequest) -> None:
    path = case / f"{name}.txt"
    if request.config.getoption("--update", default=False):
        path.write_text(text, encoding="utf-8")
    assert read(case, name) == text
