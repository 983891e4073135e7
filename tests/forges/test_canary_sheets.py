"""Every form of every kind of secret, on every platform that is pushed: none is in anything that is told of a device."""

import json
import re
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from tests.corpus.test_secrets import KEY, PLATFORMS, SECRET, SHEETS

from siteauto.core.change.make_offline_plan import ChangeFacts, Freshness, forecast
from siteauto.core.change.offline_plan import OfflinePlan, Revision, StoredCopy
from siteauto.core.config import SecretBook
from siteauto.core.drift import DriftReport
from siteauto.core.drift.adoption import proposals, sections_of
from siteauto.core.drift.ignore import Subject
from siteauto.core.drift.make_drift import DriftFacts, Ignores, find_what_counts, judge_drift
from siteauto.core.forge import GITHUB_COMMENT, GITLAB_COMMENT
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.redact import redact
from siteauto.reporters.drift import drift_document
from siteauto.reporters.drift_request import DriftFound, drift_body
from siteauto.reporters.formats import FORMATS
from siteauto.reporters.offline_plan import offline_plan_document, offline_plan_json, offline_plan_text
from siteauto.reporters.plan_findings import plan_code_quality, plan_sarif, workflow_commands
from siteauto.reporters.plan_markdown import offline_plan_markdown, plan_comment
from siteauto.testing.fakes import START

SITE, DEVICE = SiteName("us-nyc-mad01"), DeviceName("us-nyc-mad01-sw1")
MANAGED = sorted(name for name, spec in PLATFORMS.items() if spec.push)
SHORT = 8  # characters; what is shorter is in many a text by chance
MARKER = "secret://s/other"
BOOK = SecretBook(values={"s/other": "another value"}, key=KEY)
TOKEN = re.compile(r"‹[^›]*›")


def planted(name):
    return [secret for case in SHEETS[name].cases for secret in case.secrets if len(secret) >= SHORT]


def text_of(name, secret=r"\1"):
    """The whole sheet as a configuration, each secret as it is or replaced."""
    first = "package sheet\n" if name == "openwrt" else ""
    return first + "\n".join(SECRET.sub(secret, case.marked) for case in SHEETS[name].cases) + "\n"


@dataclass(frozen=True)
class Organisation:
    local_admin: str = "siteauto"


def intent_of(spec):
    device = SimpleNamespace(name=DEVICE, short="sw1", role=spec.push[0].roles[0], platform=spec.name)
    management = SimpleNamespace(vlan_id=99)
    return SimpleNamespace(
        device=device, site=SITE, organisation=Organisation(), management=management, ports=(), extra_cli=""
    )


def told_of_drift(spec, running, intended):
    """Everything that is said of a device that holds the one text and shall hold the other."""
    subject = Subject(site=SITE, device=DEVICE, role="access", platform=spec.name)
    facts = DriftFacts(subject=subject, platform=spec, running=running, intended=intended, login="siteauto")
    ignores = Ignores(today=START.date())
    judged = judge_drift(facts, ignores, BOOK)
    report = DriftReport(site=SITE, target="t", at="now", devices=(judged.drift,))
    for form, write in FORMATS.items():
        yield form, write(drift_document(report, remediation=True))
    left = find_what_counts(facts, ignores, BOOK)
    found = DriftFound(report=report, edits=(), left={DEVICE: left})
    yield "pull request", drift_body(found, GITLAB_COMMENT)
    sections = sections_of(intent_of(spec), left)
    yield "edits", json.dumps([edit.value for one in sections for edit in proposals(one, ["till"], {"pos": 10})])


def told_of_plan(spec, running, base, head):
    copy = StoredCopy(text=running, commit="c" * 40, at=START.isoformat(), author="a", subject="s")
    facts = ChangeFacts(intent=intent_of(spec), platform=spec, base=base, head=head, copy=copy)
    one = forecast(facts, Freshness(now=START, limit=START - START))
    plan = OfflinePlan(base=Revision(ref="a", commit="a" * 40), head=Revision(ref="b", commit="b" * 40), devices=(one,))
    assert one.hunks
    yield "json", offline_plan_json(plan)
    yield "text", offline_plan_text(plan)
    yield "markdown", offline_plan_markdown(plan)
    yield "comment", plan_comment(plan, GITHUB_COMMENT)
    yield "findings", plan_sarif(plan) + plan_code_quality(plan) + workflow_commands(plan)
    for form, write in FORMATS.items():
        yield form, write(offline_plan_document(plan))


def leaks(name, texts):
    return [(form, secret) for form, text in texts for secret in planted(name) if secret in TOKEN.sub("", text)]


@pytest.mark.parametrize("name", MANAGED)
def test_nothing_of_a_sheet_comes_out(name, monkeypatch):
    """Told from a backup and from the live text, against an intent that has other secrets, and against none."""
    monkeypatch.setattr("siteauto.core.change.make_offline_plan.find_defects", lambda *_: ())  # no sheet is whole
    spec, live = PLATFORMS[name], text_of(name)
    stored = redact(spec.config, live, KEY)
    assert len(planted(name)) > 20
    told = [
        *told_of_plan(spec, stored, text_of(name, "secret://s/old"), text_of(name, MARKER)),
        *(
            each
            for running in (stored, live)
            for intended in (text_of(name, MARKER), "")
            for each in told_of_drift(spec, running, intended)
        ),
    ]
    assert leaks(name, told) == []
    assert max(text.count("‹") for _, text in told) > 20, "nothing was told"


def test_the_canaries_would_be_seen():
    assert leaks("cisco_ios", [("a", "x C4naryZq8Wm3 y")])
