"""`siteauto provision` killed by SIGKILL: after resume the devices themselves say that all is old, or all is new."""

import re

from tests.integration.crash.conftest import SITE


def decided(records):
    return any(one["record"] == "decision" and one["decision"] == "commit" for one in records)


def test_killed_before_and_after_the_decision(desk):
    # armed, nothing decided: nothing else may be begun, and resume undoes it
    records = desk.provision(facts={"record": "state", "state": "armed", "device": f"{SITE}-sw1"})
    assert records is not None
    assert not decided(records)
    refused = desk.siteauto("provision", SITE, "--yes")
    assert refused.returncode == 2
    assert f"Type: siteauto resume {SITE}" in refused.stderr
    assert "knows what was decided" in desk.siteauto("recover", SITE).stderr
    with desk.without_journals():  # they are lost: the devices are asked, and nobody guesses
        recovered = desk.siteauto("recover", SITE)
        assert recovered.returncode == 6
        assert re.search(r"sw1: pending[\s\S]*Timer value", recovered.stdout), recovered.stdout
        assert "wait: what is pending undoes itself" in recovered.stdout
    code, told = desk.resume()
    assert (code, desk.is_old()) == (0, True), told
    assert desk.siteauto("resume", SITE).stdout.endswith("nothing to resume\n")

    # the same, and the devices have undone it by themselves when somebody comes back
    assert desk.provision(facts={"record": "state", "state": "armed", "device": f"{SITE}-fw1"}) is not None
    desk.ask("clock", seconds=1800)
    code, told = desk.resume()
    assert (code, desk.is_old()) == (0, True), told

    # decided, one device confirmed at most, and every other timer fires before somebody comes back
    records = desk.provision(facts={"record": "begin", "act": "confirm"})
    assert records is not None
    assert decided(records)
    desk.ask("clock", seconds=1800)
    assert desk.siteauto("abort", SITE).returncode == 2
    code, told = desk.resume()
    assert (code, desk.is_new()) == (0, True), told
    assert [one["status"] for one in desk.runs()] == ["aborted", "aborted", "committed"]
