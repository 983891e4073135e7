"""Faults: which lines they hit, and how often."""

import pytest

from siteauto.core.errors import UsageError
from siteauto.lab.faults import DeviceFaults, FaultyShell, make_fault
from siteauto.lab.shell import Reply


class Calm:
    page_length = 0
    pager = ""

    def greeting(self):
        return Reply(text="", prompt="box#")

    def receive(self, line):
        return Reply(text=f"done {line}", prompt="box#")

    def help(self, partial):
        return None


@pytest.fixture
def faults():
    return DeviceFaults()


@pytest.fixture
def reboots():
    return []


@pytest.fixture
def shell(faults, reboots):
    shell = FaultyShell(Calm(), faults, reboot=lambda: reboots.append(1))
    shell.greeting()
    return shell


def test_without_faults_nothing_changes(shell):
    assert shell.receive("x") == Reply(text="done x", prompt="box#")


def test_a_refused_line_never_reaches_the_device(shell, faults):
    faults.add(make_fault("refuse", pattern="^vlan", text="% No."))
    assert shell.receive("vlan 5") == Reply(text="% No.\n", prompt="box#")
    assert shell.receive("vlan 6").text == "% No.\n", "always"
    assert shell.receive("hostname x").text == "done hostname x"


def test_after_counts_the_lines_of_the_session_without_the_empty_ones(shell, faults):
    faults.add(make_fault("hang", after=2))
    for line in ("1", "", "2", ""):
        assert not shell.receive(line).hang
    assert shell.receive("3").hang


def test_it_strikes_as_often_as_told(shell, faults):
    faults.add(make_fault("drop", times=2))
    assert [shell.receive("x").cut is not None for _ in range(3)] == [True, True, False]


def test_two_equal_faults_count_apart(shell, faults):
    faults.add(make_fault("drop"))
    assert shell.receive("x").cut is not None
    faults.add(make_fault("drop"))
    assert shell.receive("x").cut is not None


def test_slow_truncate_reboot(shell, faults, reboots):
    faults.add(make_fault("slow", seconds=3))
    faults.add(make_fault("truncate"))
    faults.add(make_fault("reboot", pattern="confirm"))
    reply = shell.receive("1234")
    assert (reply.delay, reply.text) == (3, "done")
    assert not reboots
    shell.receive("configure confirm")
    assert reboots


def test_clear_takes_one_kind_or_all(faults):
    faults.add(make_fault("slow"))
    faults.add(make_fault("hang"))
    faults.clear("slow")
    assert not faults.has("slow")
    assert faults.has("hang")
    faults.clear()
    assert not faults.has("hang")


@pytest.mark.parametrize(("kind", "pattern"), [("earthquake", ""), ("refuse", "(")])
def test_words_that_mean_nothing_are_refused(kind, pattern):
    with pytest.raises(UsageError):
        make_fault(kind, pattern=pattern)
