"""Agreements about drift: what they cover, and until when."""

from dataclasses import replace
from datetime import date

import pytest

from siteauto.core.config import Difference
from siteauto.core.drift.ignore import IgnoreRule, Subject, report_ignores, sift
from siteauto.core.errors import Place
from siteauto.core.models import DeviceName, SiteName

TODAY = date(2026, 11, 3)
SW1 = Subject(site=SiteName("us-nyc-mad01"), device=DeviceName("us-nyc-mad01-sw1"), role="core", platform="cisco_ios")
SW2 = replace(SW1, device=DeviceName("us-nyc-mad01-sw2"))
DESK = Difference(
    word="changed", path=("interface GigabitEthernet1/0/3",), running="description a", intended="description b"
)


def rule(**words: object) -> IgnoreRule:
    given = {"reason": "r", "owner": "o", "expires": date(2026, 12, 31), "place": Place(file="f", line=1), **words}
    return IgnoreRule(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "covered"),
    [
        ({"device": "sw1"}, True),
        ({"device": "us-nyc-mad01-sw1"}, True),
        ({"device": "sw2"}, False),
        ({"site": "us-nyc-*"}, True),
        ({"site": "us-bos-*"}, False),
        ({"role": "core", "platform": "cisco_ios"}, True),
        ({"role": "access"}, False),
        ({"platform": "fortinet"}, False),
        ({"section": "interface GigabitEthernet1/0/*"}, True),
        ({"section": "interface Te*"}, False),
        ({"path": "* / description *"}, True),
        ({"path": "description *"}, False),
        ({"device": "sw1", "expires": date(2026, 11, 3)}, True),
        ({"device": "sw1", "expires": date(2026, 11, 2)}, False),
        ({"device": "sw1", "starts": date(2026, 11, 3)}, True),
        ({"device": "sw1", "starts": date(2026, 11, 4)}, False),
    ],
)
def test_what_a_rule_covers(words, covered):
    found = sift([rule(**words)], SW1, [DESK], today=TODAY)
    assert (found.kept == ()) == covered
    assert (len(found.used) == 1) == covered


def test_what_became_of_the_rules():
    used, unused = rule(device="sw1"), rule(device="sw1", path="nothing")
    expired, elsewhere = rule(role="core", expires=date(2026, 1, 1)), rule(site="us-bos-*", expires=date(2026, 1, 1))
    report = report_ignores([used, unused, expired, elsewhere], [used, used], compared=[SW1], known=[SW1], today=TODAY)
    assert (report.suppressed, report.expired, report.unused) == (2, (expired,), (unused,))


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ({"device": "sw2"}, False),  # known, and not compared
        ({"device": "sw9"}, False),  # another site may have it
        ({"device": "us-nyc-mad01-sw9"}, True),
        ({"site": "us-nyc-*", "device": "sw9"}, True),
        ({"site": "us-nyc-mad01", "role": "cora"}, True),
        ({"site": "us-bos-*", "device": "sw9"}, False),
    ],
)
def test_an_unused_rule_is_told_where_its_device_was_compared_or_is_none_of_the_site(words, is_told):
    report = report_ignores([rule(**words)], [], compared=[SW1], known=[SW1, SW2], today=TODAY)
    assert bool(report.unused) == is_told
