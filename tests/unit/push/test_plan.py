"""Plans as values: what they say, how they are written, and when they are refused."""

import json

import pytest

from siteauto.core.change.plan import plan_from_dict, plan_to_dict
from siteauto.core.errors import UsageError


def test_a_plan_survives_being_written_and_read(site):
    plan = site.plan()
    written = json.loads(json.dumps(plan_to_dict(plan)))
    assert plan_from_dict(written) == plan
    assert plan_from_dict(written).digest == plan.digest
    assert site.push(plan_from_dict(written)).exit_code == 0


def test_a_plan_that_was_changed_is_refused(site):
    written = plan_to_dict(site.plan())
    written["devices"][0]["commands"] = ("reload",)
    with pytest.raises(UsageError, match="was changed after it was made"):
        plan_from_dict(written)


def test_a_plan_of_another_schema_is_refused(site):
    with pytest.raises(UsageError, match="Make the plan again"):
        plan_from_dict({**plan_to_dict(site.plan()), "schema": "siteauto/plan/0"})


def test_a_plan_holds_no_secret(site):
    written = json.dumps(plan_to_dict(site.plan()))
    assert not [value for value in site.book.values.values() if value in written]
    assert "secret://us-nyc-mad01/admin" in written


def test_the_diff_shows_what_comes_and_goes(site):
    plan = site.plan().device("sw1")
    assert plan.changes
    assert set(plan.diff) == {
        "-user day0 secret secret://us-nyc-mad01/day0",
        "+user site secret secret://us-nyc-mad01/admin",
        " interface p1",
        "- speed 10",
        "+ speed 1000",
    }
    with pytest.raises(KeyError):
        site.plan().device("sw9")


def test_digests_follow_what_they_name(site):
    one = site.plan()
    site.devices["sw1"].type(["ntp server 192.0.2.1"])
    two = site.plan()
    assert one.digest != two.digest
    assert one.device("sw1").base_digest != two.device("sw1").base_digest
    assert one.device("sw1").diff_digest != two.device("sw1").diff_digest
    assert one.device("sw2") == two.device("sw2")
