"""A plan that was approved is obeyed to the letter, or refused with what has moved since."""

import json
from dataclasses import replace

import pytest

from siteauto.app.approved_plan import read_plan, write_plan
from siteauto.core.change.approved import must_be_as_approved
from siteauto.core.change.plan import plan_from_dict, plan_to_dict
from siteauto.core.change.transaction import Verdict
from siteauto.core.errors import StalePlanError, UsageError
from siteauto.core.models import SiteName


def test_a_plan_that_is_still_right_is_let_through(site, tmp_path):
    approved = site.plan()
    write_plan(tmp_path / "plan.json", approved)
    again = read_plan(tmp_path / "plan.json")
    must_be_as_approved(again, site.plan())
    assert again == approved
    assert (tmp_path / "plan.json").stat().st_mode & 0o077 == 0


def test_a_stale_plan_is_refused_with_what_changed(site):
    approved = site.plan()
    site.devices["sw2"].type(["ntp server 192.0.2.1"])
    with pytest.raises(StalePlanError) as refused:
        must_be_as_approved(approved, site.plan())
    assert "sw2 runs something else now: +ntp server 192.0.2.1" in str(refused.value)
    assert "sw1" not in str(refused.value)
    with pytest.raises(StalePlanError, match=r"fw1 shall be something else now: .*-speed 1000, \+speed 100"):
        must_be_as_approved(approved, site.plan(new="hostname {name}\ninterface p1\n speed 100\nend\n"))


def test_the_plan_of_another_machine_is_compared_by_where_secrets_stand(site, tmp_path):
    for device in site.devices.values():
        device.type(["user old secret Only-On-The-Box-3"])
    site.book = replace(site.book, key=b"c" * 32)
    write_plan(tmp_path / "plan.json", site.plan())
    site.book = replace(site.book, key=b"e" * 32)
    approved = read_plan(tmp_path / "plan.json")
    assert approved.device("sw1").base != site.plan().device("sw1").base
    assert "another machine" in must_be_as_approved(approved, site.plan())
    site.devices["sw2"].type(["user other secret Only-On-The-Box-3"])
    with pytest.raises(StalePlanError, match="sw2 runs something else now"):
        must_be_as_approved(approved, site.plan())


def test_a_device_that_came_or_went_is_named(site):
    approved = site.plan()
    fewer = replace(approved, devices=approved.devices[1:])
    with pytest.raises(StalePlanError, match="fw1 is not at the site any more"):
        must_be_as_approved(approved, fewer)
    with pytest.raises(StalePlanError, match="fw1 is new at the site"):
        must_be_as_approved(fewer, approved)
    with pytest.raises(UsageError, match="This plan is for us-bos-new01"):
        must_be_as_approved(replace(approved, site=SiteName("us-bos-new01")), approved)


def test_a_device_without_a_change_may_move_as_it_likes(site):
    site.push()
    approved = site.plan()
    moved = replace(approved, devices=(replace(approved.devices[0], notes=("x",)), *approved.devices[1:]))
    must_be_as_approved(approved, moved)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "siteauto/plan/2"}', '{"schema": "siteauto/plan/1"}'])
def test_a_file_that_is_no_plan_is_refused(tmp_path, text):
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(UsageError):
        read_plan(tmp_path / "plan.json")
    with pytest.raises(UsageError, match="cannot be read"):
        read_plan(tmp_path / "none.json")


def forged(plan, **facts):
    """The plan with other facts for its first device and a digest that fits."""
    data = json.loads(json.dumps(plan_to_dict(plan)))
    data["devices"][0].update(facts)
    loose = {name: part for name, part in data.items() if name != "digest"}
    changed = replace(plan, devices=(replace(plan.devices[0], **facts), *plan.devices[1:]))
    return plan_from_dict({**loose, "digest": changed.digest})


def test_a_forged_plan_does_not_reach_a_device(site):
    """The diff that was shown is the change: neither other commands nor another diff is armed."""
    for facts in ({"commands": ("user eve secret x",)}, {"diff": ("+speed 1000",)}):
        result = site.push(forged(site.plan(), **facts))
        assert isinstance(result.reason, StalePlanError)
        assert "not the one that was approved" in str(result.reason)
        assert {site.runs(short) for short in site.shorts} == {"old"}
        assert not [one for one in site.events if one.phase == "arm"]


def test_what_somebody_else_commits_between_staging_and_arming_stops_the_site(site):
    def meanwhile(record):
        if record.get("act") == "arm" and record["device"] == "sw1":
            site.devices["sw1"].type(["ntp server 192.0.2.1"])

    site.journal._before_append = meanwhile
    result = site.push()
    assert isinstance(result.reason, StalePlanError)
    assert "ntp server 192.0.2.1" in str(result.reason)
    assert (result.verdict, result.exit_code) == (Verdict.ABORTED, 2)
    assert "ntp server 192.0.2.1" in site.devices["sw1"].running
    assert {site.runs(short) for short in ("fw1", "sw2", "wlc1")} == {"old"}
