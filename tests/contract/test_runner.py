"""What every runner must do."""

import threading
from dataclasses import replace

import pytest

from siteauto.adapters.nornir_runner import NornirRunner
from siteauto.core.errors import DeviceError, SiteautoError
from siteauto.core.models import DeviceName
from siteauto.testing.fakes import SerialRunner


@pytest.fixture(params=[SerialRunner, lambda: NornirRunner(4)], ids=["fake", "nornir"])
def runner(request):
    return request.param()


@pytest.fixture
def targets(fake):
    return [
        replace(fake.target, device=replace(fake.target.device, name=DeviceName(name), short=name))
        for name in ("c", "a", "b")
    ]


def test_every_target_has_an_outcome_in_the_order_given(runner, targets):
    outcomes = runner.run(targets, lambda target: target.device.name.upper())
    assert [(name, one.value) for name, one in outcomes.items()] == [("c", "C"), ("a", "A"), ("b", "B")]


def test_nothing_is_a_result_too(runner, targets):
    assert runner.run([], lambda target: 1) == {}
    assert {one.value for one in runner.run(targets, lambda target: None).values()} == {None}
    assert {one.error for one in runner.run(targets, lambda target: None).values()} == {None}


def test_one_devices_trouble_is_its_own_outcome(runner, targets):
    def operation(target):
        if target.device.name == "a":
            raise DeviceError("a is ill")
        return "well"

    outcomes = runner.run(targets, operation)
    assert str(outcomes[DeviceName("a")].error) == "a is ill."
    assert [outcomes[DeviceName(name)].value for name in ("b", "c")] == ["well", "well"]


def test_a_fault_of_ours_is_that_devices_outcome_too(targets, caplog):
    def operation(target):
        if target.device.name == "a":
            raise ZeroDivisionError
        return "well"

    outcomes = NornirRunner(2).run(targets, operation)
    error = outcomes[DeviceName("a")].error
    assert type(error) is SiteautoError
    assert error.exit_code == 1
    assert "internal error" in str(error)
    assert outcomes[DeviceName("b")].value == "well"


def test_ctrl_c_waits_for_what_was_begun_and_begins_nothing_more(targets, monkeypatch):
    begun, ended, release = [], [], threading.Event()

    def operation(target):
        begun.append(target.device.name)
        release.wait(5)
        ended.append(target.device.name)

    def interrupted_run(self, task, hosts):
        """As a person presses the keys while Nornir waits for its threads."""
        threads = [threading.Thread(target=task.copy().start, args=(host,)) for host in hosts[:2]]
        for thread in threads:
            thread.start()
        while len(begun) < 2:
            pass
        threading.Timer(0.05, release.set).start()
        raise KeyboardInterrupt

    monkeypatch.setattr("nornir.plugins.runners.ThreadedRunner.run", interrupted_run)
    with pytest.raises(KeyboardInterrupt):
        NornirRunner(4).run(targets, operation)
    assert sorted(ended) == sorted(begun) == ["a", "c"]
