"""Any drift, any limit: the text of its pull request fits, is well-formed, and says what it leaves out."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from siteauto.core.config import Difference
from siteauto.core.drift import DeviceDrift, DriftReport, DriftStatus
from siteauto.core.drift.adoption import Edit
from siteauto.core.forge import GITHUB_COMMENT, GITLAB_COMMENT, Budget
from siteauto.core.models import DeviceName, SiteName
from siteauto.reporters.drift_request import DriftFound, drift_body

from .test_plan_comment import check_markdown, texts

SITE = SiteName("us-nyc-mad01")


def drifted(number, text="-a\n+b\n", **facts):
    return DeviceDrift(
        device=DeviceName(f"{SITE}-sw{number}"), status=DriftStatus.DRIFT, text=text, differences=1, **facts
    )


def found_of(*devices, edits=(), left=()):
    report = DriftReport(site=SITE, target="t", at="now", devices=devices)
    return DriftFound(report=report, edits=edits, left={devices[0].device: left} if devices else {})


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4), st.sampled_from([1, 1, 60]), texts)
def test_any_drift_fits_and_is_well_formed(said, copies, other):
    devices = [
        drifted(number, f"-{one}{number}\n", last_change=two, converges=three, remediation=(one,))
        for number, (one, two, three) in enumerate(said * copies)
    ]
    devices.append(DeviceDrift(device=DeviceName("x"), status=DriftStatus.UNREACHABLE, reason=other))
    edits = (Edit(path=("devices", "sw1", "extra_cli"), value=other, is_overlay=True),)
    left = (Difference(word="extra", path=(), running=other, intended="", slot=()),)
    for budget in (GITHUB_COMMENT, GITLAB_COMMENT, Budget(limit=6_000)):
        text = drift_body(found_of(*devices, edits=edits, left=left), budget)
        assert budget.count(text) <= budget.limit * 0.95
        check_markdown(text)


@pytest.mark.parametrize("count", [1, 48, 500])
def test_what_is_left_out_is_counted(count):
    devices = [drifted(number, f"-{'x' * 90} {number}\n" * 30, last_change="y" * 200) for number in range(count)]
    text = drift_body(found_of(*devices), GITHUB_COMMENT)
    assert len(text) <= 65_536 * 0.95
    check_markdown(text)
    rows = len(re.findall(rf"^\| {SITE}-sw\d+ ", text, re.MULTILINE))
    left = re.search(r"([\d,]+) of [\d,]+ devices", text)
    assert rows + (int(left[1].replace(",", "")) if left else 0) == count


def test_what_many_devices_have_alike_stands_once():
    text = drift_body(found_of(*map(drifted, range(48))), GITHUB_COMMENT)
    assert "**48 devices**" in text
    assert text.count("+b") == 1
