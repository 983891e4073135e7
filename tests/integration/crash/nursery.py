"""Forks real processes of `siteauto` that have imported everything already, and lets them die where they are told to.

A child is a process like any other: its own journal, locks and sessions, and SIGKILL from itself. Its clock is the lab's, so
it waits for no timer: whoever sleeps moves the time of the devices.

Run as a program it takes one JSON object a line and answers with the status of the child's end. `die` says when a child
ends: at the `record` of this number or at one with these `facts`, as soon as that is on the disk; or inside the `call` of
this number of all that may change a device, when half of its lines were sent and the last one's answer is not read yet.
"""

import contextlib
import gc
import http.client
import importlib
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import threading
import time
import traceback
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import asyncssh
import paramiko

import siteauto.adapters
import siteauto.cli
from siteauto.adapters.eapi_transport import EapiSession
from siteauto.adapters.napalm_transport import NapalmSession
from siteauto.adapters.netconf_transport import NetconfSession
from siteauto.adapters.netmiko_transport import NetmikoSession
from siteauto.adapters.run_folder import RunFolder
from siteauto.adapters.system_clock import SystemClock
from siteauto.adapters.textfsm_parser import _index
from siteauto.app.labs import ask_lab
from siteauto.app.settings import read_settings
from siteauto.cli.main import main
from siteauto.core.guard import is_read_only
from siteauto.lab import process
from siteauto.lab.__main__ import main as lab_main
from siteauto.lab.identities import ALGORITHMS

ANSWER = 0.5  # seconds that a device has to answer before its client dies all the same


class Fate:
    """Counts what a process does, and kills it at its hour."""

    def __init__(self, die):
        self.record, self.call, self.facts = die.get("record"), die.get("call"), die.get("facts")
        self.records = self.calls = 0
        self.left = None  # things to send before it dies; None: it is not within its last call
        self.lock = threading.RLock()

    def recorded(self, record):
        """A record is on the disk."""
        with self.lock:
            self.records += 1
            facts = self.facts and all(record.get(name) == value for name, value in self.facts.items())
            if facts or self.records == self.record:
                kill()

    def sent(self, wait):
        """Something was sent to a device."""
        with self.lock:
            if self.left is None:
                return
            self.left -= 1
            if self.left <= 0:
                wait()
                kill()

    @contextlib.contextmanager
    def calling(self, lines):
        """A device is asked for something that may change it, with so many lines."""
        with self.lock:
            self.calls += 1
            if self.calls == self.call:
                self.left = (lines + 1) // 2
        yield
        with self.lock:
            if self.left is not None:
                kill()

    def watch(self):
        """From now on."""
        append, send, answered = RunFolder.append, paramiko.Channel.send, http.client.HTTPConnection.getresponse

        def appended(folder, record):
            append(folder, record)
            self.recorded(record)

        def sent(channel, data):
            count = send(channel, data)
            self.sent(lambda: until(channel.recv_ready))
            return count

        def requested(connection):
            self.sent(lambda: select.select([connection.sock], [], [], ANSWER))
            return answered(connection)

        RunFolder.append, paramiko.Channel.send = appended, sent
        http.client.HTTPConnection.getresponse = requested
        for session in (NapalmSession, EapiSession, NetconfSession, NetmikoSession):
            for name in ("run", "configure", "stage", "discard"):
                setattr(session, name, self.counted(getattr(session, name)))

    def counted(self, method):
        """The method of a session as a call that may be the last."""

        def called(session, *words, **more):
            if method.__name__ == "run" and is_read_only(session._target.platform, words[0]):
                return method(session, *words, **more)
            with self.calling(len(words[0]) if method.__name__ == "configure" else 1):
                return method(session, *words, **more)

        return called


def kill():
    """What nobody can catch."""
    os.kill(os.getpid(), signal.SIGKILL)


def until(ready):
    """Wait for it, but not for long."""
    latest = time.monotonic() + ANSWER
    while not ready() and time.monotonic() < latest:
        time.sleep(0.002)


def live_on_the_labs_clock(site):
    """`now` is the lab's, and to sleep is to move its clock."""
    settings, clock = read_settings(os.environ, start=Path(os.environ["SITEAUTO_ROOT"])), SystemClock()
    now, told = SystemClock.now, datetime.fromisoformat(str(ask_lab(settings, site, "clock", seconds=0)["now"]))
    ahead = [max(told - clock.now(), timedelta())]

    def slept(_, seconds):
        ask_lab(settings, site, "clock", seconds=seconds)
        ahead[0] += timedelta(seconds=seconds)

    SystemClock.now, SystemClock.sleep = (lambda clock: now(clock) + ahead[0]), slept


def fork_labs():
    """A lab is a child of ours too: it needs no imports, and no keys of its own."""

    def lab(command, *, stdout, **_):
        if os.fork():
            return
        os.setsid()
        for number in (1, 2):
            os.dup2(stdout.fileno(), number)
        os._exit(lab_main(command[3:]))

    process.subprocess = SimpleNamespace(Popen=lab, DEVNULL=subprocess.DEVNULL)


def bear(request):
    """In the child: become siteauto."""
    os.environ.update(request["environment"])
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for name, number in (("out", 1), ("err", 2)):
        os.dup2(os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    fork_labs()
    if request["site"]:
        live_on_the_labs_clock(request["site"])
    fate = Fate(request["die"])
    fate.watch()
    try:
        main(request["arguments"])
    finally:
        Path(request["calls"]).write_text(str(fate.calls))


def import_everything():
    """Whatever a verb loads when it is used."""
    for package in (siteauto.adapters, siteauto.cli):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(found.name)
    for name in ("napalm.ios", "napalm.eos", "napalm.junos", "netmiko", "ncclient.manager", "nornir"):
        importlib.import_module(name)
    _index()  # of the templates of TextFSM
    asyncssh.generate_private_key = cache(asyncssh.generate_private_key)
    for algorithm in ALGORITHMS:
        asyncssh.generate_private_key(algorithm)


def serve():
    """One child after the other."""
    import_everything()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            code = 99
            try:
                bear(json.loads(line))
            except SystemExit as end:
                code = end.code
            except Exception:  # noqa: BLE001 - whatever it is, the parent must read it
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        print(json.dumps(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])), flush=True)


if __name__ == "__main__":
    serve()
