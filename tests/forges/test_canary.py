"""No secret leaves: every kind of it is planted, and every comment, artifact, log, message and exception is searched."""

import base64
import logging
import subprocess

import pytest
from tests.canary import leaks, texts_below

from siteauto.app.forges import ForgeFacts
from siteauto.cli.main import run
from siteauto.core.config import SecretBook
from siteauto.core.redact import redact_known
from siteauto.platforms.cisco_ios import CONFIG

from .company import SITE, Company, git, make_company
from .server import Answer, always

# One value for each way in which a device stores a secret, and the tokens that siteauto itself is given.
PLANTED = {
    "plain": "canary-plain-Xa81",
    "type7": "canary-seven-Qw42",
    "psk": "canary-psk-Zt55",
    "tacacs": "canary-tacacs-Lp09",
    "snmp": "canary-snmp-Mn73",
    "environment": "canary-environment-Bv61",
    "token": "canary-token-Hh27-0123456789",
}
HASHES = {
    "type9": "$9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM",
    "md5": "$1$Jx2k$Jv1nqEv6bq7pK0q2xvHcU1",
    "enc": "ENC SH2canaryCiphertextOfFortinet0000000000000000000000==",
}


def type7(text):
    """As IOS stores it: reversible by anybody, so it counts as the word itself."""
    key = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"
    return "02" + "".join(f"{byte ^ key[2 + place]:02X}" for place, byte in enumerate(text.encode()))


SECRET_LINES = f"""\
enable secret 9 {HASHES["type9"]}
enable password 7 {type7(PLANTED["type7"])}
snmp-server community {PLANTED["snmp"]} RO
tacacs server T1
 address ipv4 10.10.1.21
 key {PLANTED["tacacs"]}
line vty 0 4
 password {PLANTED["plain"]}
wlan GUEST 1 GUEST
 security wpa psk set-key ascii 0 {PLANTED["psk"]}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_company(tmp_path_factory.mktemp("company"))


@pytest.fixture
def company(made, forge):
    """A switch with secrets that nobody intended, backed up as `siteauto backup` does: redacted."""
    forge.state.tokens[PLANTED["token"]] = ("netbot", frozenset({"write"}))
    own = Company(made, forge)
    file = own.config(f"{SITE}-sw1")
    text = file.read_text().replace("\nend\n", f"\n{SECRET_LINES}end\n").replace("description edge", "description desk")
    file.write_text(redact_known(CONFIG, text, SecretBook(values={}, key=bytes(32))))
    own.back_up()
    git(own.root, "switch", "--quiet", "--create", "feature")
    defaults = own.root / "inventory/defaults.yaml"
    defaults.write_text(defaults.read_text().replace("10.10.0.12", "10.10.0.13"))
    git(own.root, "commit", "--quiet", "--all", "--message", "two")
    git(own.root, "push", "--quiet", "--force", "origin", "feature")
    git(own.root, "switch", "--quiet", "main")
    return own


def everything_said(company, capsys, caplog):
    """All that anybody could read afterwards, by where."""
    forge = company.forge
    said = capsys.readouterr()
    texts = texts_below(forge.folder / "own") | {"screen": said.out + said.err, "log": caplog.text}
    for number, each in enumerate(forge.server.traffic):
        texts[f"request {number}"] = f"{each.asked.path} {each.asked.query} {each.asked.body}"
    texts["forge"] = repr((forge.state.pulls, forge.state.notes, forge.state.statuses, forge.state.checks))
    texts["branches"] = subprocess.run(
        ["git", "-C", str(forge.bare), "log", "--all", "--patch"], capture_output=True, text=True, check=True
    ).stdout
    return texts


@pytest.mark.parametrize(("forge", "fault"), [("github", None), ("gitlab", 403)], indirect=["forge"])
def test_nothing_that_is_planted_comes_out(company, monkeypatch, capsys, caplog, fault):
    caplog.set_level(logging.DEBUG)
    forge = company.forge
    monkeypatch.chdir(company.root.parent)
    monkeypatch.setenv("SITEAUTO_STATE", str(forge.folder / "own" / "state"))
    monkeypatch.setenv("SITEAUTO_FORGE_TOKEN", PLANTED["token"])
    monkeypatch.setenv("SITEAUTO_SECRET_US_NYC_MAD01_LOCAL_ADMIN", PLANTED["environment"])
    monkeypatch.setattr("siteauto.app.forges.SystemClock", lambda: forge.clock)
    if fault:
        forge.server.faults.append(always(Answer(fault, {"message": "no"})))
    url = forge.server.api_url if forge.kind == "github" else forge.server.origin
    where = ("--forge", forge.kind, "--repository", "maison/sites", "--api-url", url)
    files = ("--root", str(company.root), "--backups", str(company.backups))
    codes = [
        run(["report", "--base", "main", "--head", "origin/feature", "--pull-request", "1", *where, *files]),
        run(["drift", "--offline", "--remediation", "--pr", *where, *files]),
    ]
    assert 1 not in codes
    texts = everything_said(company, capsys, caplog)
    assert leaks(PLANTED, texts) == []
    assert [
        (place, name) for place, text in texts.items() for name, value in HASHES.items() if value[-16:] in text
    ] == []
    if fault is None:
        assert codes == [0, 5]
        assert "tacacs server T1" in texts["forge"]  # it was told, without its key


def test_a_value_that_holds_a_token_does_not_show_it():
    facts = ForgeFacts(kind="github", repository="o/r", api_url="", token=PLANTED["token"])
    assert PLANTED["token"] not in repr(facts)


def test_the_canary_would_be_seen():
    coded = base64.b64encode(f"x-access-token:{PLANTED['token']}".encode()).decode()
    assert leaks(PLANTED, {"a": coded, "b": type7(PLANTED["type7"])}) == [("a", "token"), ("b", "type7")]
