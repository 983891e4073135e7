"""Processes side by side: what they give comes, what one comes to grief on is told, and none outlives its parent."""

import os
import select
import signal
import subprocess
import sys

import pytest

BEGIN = """\
import os, signal, sys, threading
from siteauto.adapters.side_by_side import free_cores, side_by_side

told = int(sys.argv[1])

def wait_for_ever(share):
    try:
        os.write(told, b"begun ")
        threading.Event().wait()
    except KeyboardInterrupt:
        os.write(told, b"interrupted ")
        raise
    yield share
"""


@pytest.fixture
def start():
    """Start a script that may tell something by a pipe; its processes hold the other end."""
    ours, theirs = os.pipe()

    def started(script):
        command = [sys.executable, "-c", BEGIN + script, str(theirs)]
        process = subprocess.Popen(
            command, pass_fds=[theirs], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        os.close(theirs)
        return process, ours

    yield started
    os.close(ours)


def said(pipe, wanted):
    """What was told, up to these words; all of it where they never come."""
    text = ""
    while wanted not in text:
        assert select.select([pipe], [], [], 30)[0], f"somebody is still there, and has told {text!r}"
        if not (more := os.read(pipe, 100).decode()):
            break
        text += more
    return text


def test_each_share_has_a_process_of_its_own(start):
    process, _ = start("""
def act(share):
    for one in share:
        yield one, os.getpid()

come = list(side_by_side(act, [(1, 2), (3,)]))
of = dict(come)
print(sorted(of), of[1] == of[2], of[1] != of[3], os.getpid() in of.values(), free_cores() >= 1)
""")
    assert process.communicate()[0] == "[1, 2, 3] True True False True\n"


def test_there_is_one_core_where_other_threads_may_hold_locks(start):
    process, _ = start("threading.Thread(target=threading.Event().wait, daemon=True).start(); print(free_cores())")
    assert process.communicate()[0] == "1\n"


def test_of_a_process_that_is_killed_nothing_more_comes(start):
    process, _ = start("""
def act(share):
    yield share
    if share == "a":
        os.kill(os.getpid(), signal.SIGKILL)
    yield share * 2

print(sorted(side_by_side(act, ["a", "b"])))
""")
    assert process.communicate() == ("['a', 'b', 'bb']\n", "")


def test_a_fault_is_told_without_its_words_and_ends_the_others(start):
    process, pipe = start("""
from siteauto.core.errors import SiteautoError

def act(share):
    if share == "b":
        raise ValueError("perhaps a secret")
    yield from wait_for_ever(share)

try:
    list(side_by_side(act, ["a", "b"]))
except SiteautoError as error:
    print(error.found)
""")
    printed, traced = process.communicate()
    assert (printed.startswith("ValueError at <string>:"), traced) == (True, "")
    assert "secret" not in printed
    assert said(pipe, "no more") in ("begun interrupted ", "")


def test_none_outlives_a_parent_that_was_killed(start):
    process, pipe = start("list(side_by_side(wait_for_ever, 'ab'))")
    assert said(pipe, "begun begun ") == "begun begun "
    process.kill()
    assert said(pipe, "no more") == "", "the pipe ends when the last of them has ended"
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_ctrl_c_is_passed_on_and_waited_for(start, number):
    process, pipe = start("""
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, signal.default_int_handler)
try:
    list(side_by_side(wait_for_ever, "ab"))
except KeyboardInterrupt:
    os.write(told, b"ended")
""")
    said(pipe, "begun begun ")
    process.send_signal(number)
    assert said(pipe, "ended") == "interrupted interrupted ended"
    assert process.communicate() == ("", "")


def test_who_wants_no_more_leaves_nobody_behind(start):
    process, pipe = start("""
def act(share):
    yield share
    yield from wait_for_ever(share)

come = side_by_side(act, "a")
print(next(come))
come.close()
""")
    assert process.communicate() == ("a\n", "")
    assert said(pipe, "no more") in ("begun interrupted ", "")
