"""A site of three vendors whose access points have no controller: one push, every check, a backup, drift."""

import re
from dataclasses import replace

import pytest

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.change.transaction import Verdict
from siteauto.core.checks import Status
from siteauto.core.checks.plan import plan_checks
from siteauto.core.redact import redact_known
from siteauto.workflows.verify import Verifier, verify


@pytest.fixture(scope="module")
def provisioned(lab):
    """What the one push of this module did."""
    from tests.integration.push.conftest import Desk

    desk = Desk(lab)
    return desk.push(desk.plan())


def checked(desk, *shorts):
    """A verification of these devices."""
    view = desk.lab.view
    checks = plan_checks(view.intents, view.company.platforms)
    names = {desk.name(short) for short in shorts}
    verifier = Verifier(
        transport=desk.transport,
        parser=TextFsmParser(),
        runner=NornirRunner(workers=4),
        book=desk.lab.book,
        intended={name: each.text for name, each in desk.lab.rendered.items()},
    )
    return verify([one for one in checks if not names or one.device in names], desk.targets, verifier)


def told(report):
    return [result.message for result in report.results if result.status is not Status.PASS]


@pytest.mark.proves("provision", "openwrt")
def test_a_factory_new_site_becomes_as_intended_and_stays_so(desk, provisioned):
    assert (provisioned.verdict, provisioned.exit_code, str(provisioned.reason)) == (Verdict.COMMITTED, 0, "None")
    assert [one.diff for one in desk.plan(provisioned.targets).devices] == [()] * 4


@pytest.mark.proves("verify", "openwrt")
def test_every_check_passes_on_every_vendor(desk, provisioned):
    report = checked(desk)
    assert told(report) == []
    on_air = [one.check.subject for one in report.results if one.check.kind == "ssid"]
    assert len(on_air) == 2 * 5
    assert "SSID MaisonVerre on radio1" in on_air


def test_roots_password_is_the_sites_own_and_the_day_0_one_is_refused(desk, provisioned):
    box = desk.box("ap1")
    values = {name.rpartition("/")[2]: value for name, value in desk.lab.book.values.items()}
    assert box.authenticate("root", values["local_admin"])
    assert not box.authenticate("root", values["bootstrap"])


@pytest.mark.proves("backup", "openwrt")
def test_a_backup_holds_no_secret_and_what_is_cut_short_is_none(desk, provisioned):
    target = desk.lab.target("ap2")
    with desk.transport.connect(target) as session:
        exact = session.fetch("running")
    stored = redact_known(target.platform.config, exact, desk.lab.book)
    secret = [value for value in desk.lab.book.values.values() if value in exact]
    assert len(secret) == 2  # RADIUS and SAE
    assert not [value for value in secret if value in stored]
    assert re.findall(r"option (?:key|auth_secret) '(secret://[\w/-]+)'", stored)


@pytest.mark.proves("drift", "openwrt")
def test_what_somebody_changes_on_a_box_is_drift_and_fails_its_check(desk, provisioned):
    box = desk.box("ap1")._box
    before = box.committed
    desk.typed("ap1", "uci set wireless.wlan3_radio0.network='vlan40'", "uci set wireless.wlan2_radio1.disabled='1'")
    desk.typed("ap1", "uci commit", "reload_config")
    diff = desk.plan([desk.lab.target("ap1")]).devices[0].diff
    assert {"-        option network 'vlan40'", "-        option disabled '1'"} <= set(diff)
    assert [(one.check.subject, one.problem) for one in checked(desk, "ap1").of(Status.FAIL)] == [
        ("running configuration", "differs"),
        ("SSID MaisonVerre-Staff on radio1", "is not on air"),
        ("SSID MaisonVerre-Guest on radio0", "puts clients into the wrong VLAN"),
    ]
    box.commit_and_reload(before)
    assert checked(desk, "ap1").exit_code == 0


def test_an_access_point_without_its_cable_is_unreachable_and_missed_by_its_switch(desk, provisioned):
    desk.lab.lab.control("unplug", device="ap2", port="wan")
    try:
        failed = {one.check.kind for one in checked(desk, "sw1").of(Status.FAIL)}
        assert {"interface", "neighbour"} <= failed
        assert {one.status for one in checked(desk, "ap2").results} == {Status.UNREACHABLE}
    finally:
        desk.lab.lab.control("plug", device="ap2", port="wan")


def test_a_change_that_a_power_cut_has_kept_needs_no_confirm(desk, provisioned):
    desk.only("ap1")
    name, text = desk.name("ap1"), desk.rendered[desk.name("ap1")].text
    desk.rendered[name] = replace(desk.rendered[name], text=text.replace("MaisonVerre-Guest", "Visitors"))

    def power_cut(targets):
        desk.lab.lab.control("power", device="ap1", state="cycle")
        desk.lab.clock.sleep(60)
        return ()

    changed = desk.push(desk.plan(), verify=power_cut)
    assert (changed.verdict, desk.states(changed)) == (Verdict.COMMITTED, {"ap1": "saved"}), str(changed.reason)
    assert 'ESSID: "Visitors"' in desk.typed("ap1", "iwinfo")
    desk.rendered = dict(desk.lab.rendered)
    plan = desk.plan()
    assert [line for line in plan.devices[0].commands if "ssid" not in line] == []
    assert desk.push(plan).verdict is Verdict.COMMITTED
    assert desk.plan().devices[0].diff == ()
