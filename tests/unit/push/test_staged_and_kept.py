"""A device that prints its candidate must print what was planned; one that a power cut leaves changed is undone by hand."""

from dataclasses import replace

import pytest
from tests.unit.push.conftest import NEW, OLD, FakeSite

from siteauto.core.models import Role
from siteauto.core.platform_spec import Lines, Step
from siteauto.testing.fake_platform import fake_platform


def platform():
    """A firewall that types its lines, shows what it has staged, and keeps a change over a reboot."""
    spec = fake_platform()
    typed = spec.push_method(Role.FIREWALL)
    method = replace(
        typed,
        rehearsal_end=(Step(send="delete staged"),),
        staged=Step(send="show staged"),
        restore=(Lines(),),
        timer=replace(typed.timer, reboot_in_window="keeps"),
    )
    return replace(spec, push=(method, *(other for other in spec.push if other is not typed)))


@pytest.fixture
def site():
    site = FakeSite("fw1", platforms={"fw1": platform()})
    site.devices["fw1"].answers["staged"] = NEW.format(name="fw1").replace(
        "secret://us-nyc-mad01/admin", "Admin-Secret-1"
    )
    return site


def test_what_is_staged_as_planned_goes_live(site):
    result = site.push()
    assert [str(one.state) for one in result.devices] == ["saved"]


def test_a_candidate_that_is_not_as_planned_is_never_armed(site):
    box = site.devices["fw1"]
    box.answers["staged"] = OLD.format(name="fw1")
    result = site.push()
    assert "what it has staged is not what was planned" in str(result.reason)
    assert "speed 1000" in str(result.reason)
    assert box.running == site.before["fw1"]
    assert "delete staged" in box.sent
    assert not [line for line in box.sent if line.startswith("timer")]


def test_a_change_that_a_reboot_has_kept_is_typed_back(site):
    box = site.devices["fw1"]

    def reboot(targets):
        box.timer = None
        return ["a check failed"]

    result = site.push(verify=reboot)
    assert [str(one.state) for one in result.devices] == ["reverted"]
    assert sorted(box.running.splitlines()) == sorted(
        site.before["fw1"].splitlines()
    )  # typed anew, it may stand elsewhere
    assert "revert" not in box.sent
