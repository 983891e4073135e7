"""What is typed into an OpenWrt box, taken by a real BusyBox; and what a real one prints, read as a box's."""

import os
import shlex
import subprocess
from ipaddress import IPv4Network
from pathlib import Path

import pytest
from tests.programs import run_program

from siteauto.adapters.textfsm_parser import TextFsmParser
from siteauto.core.platform_spec import Step
from siteauto.platforms.openwrt import CHECKS, PLATFORM

STEPS = [step.send for method in PLATFORM.push for step in method.steps]
BOOTSTRAPS = sorted((Path(__file__).parents[3] / "golden" / "openwrt").glob("*/bootstrap.cfg"))
RESTART = next(step.send for step in PLATFORM.push[0].arm if isinstance(step, Step) and "lldpd" in step.send)


def read(kind, *words):
    text = run_program("busybox", *words).stdout
    return CHECKS[kind].read(TextFsmParser().parse(PLATFORM, CHECKS[kind].parser, kind, text))


@pytest.mark.parametrize("line", [*dict.fromkeys(STEPS), PLATFORM.backup.running, PLATFORM.identity.command])
def test_ash_understands_every_line(line):
    done = run_program("busybox", "ash", "-n", "-c", line)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("file", BOOTSTRAPS, ids=lambda file: file.parent.name)
def test_ash_understands_the_day_0_script(file):
    assert run_program("busybox", "ash", "-n", file).returncode == 0


def test_the_job_that_restarts_services_runs_whatever_else_runs(tmp_path):
    """It names /bin/sh, which pytest's machine and the box run all the time."""
    told = tmp_path / "told"
    os.mkfifo(told)
    *words, job = shlex.split(RESTART)
    assert "sleep 5" in job
    other = subprocess.Popen(["/bin/sh", "-c", "read line"], stdin=subprocess.PIPE)
    try:
        started = run_program("busybox", *words, f"echo done > {told}")
        assert (started.returncode, started.stdout) == (0, "")
        heard = subprocess.run(["timeout", "20", "cat", told], capture_output=True, text=True, check=False)
    finally:
        other.communicate()
    assert heard.stdout == "done\n"


def test_links_and_routes_of_a_real_one_are_read():
    assert "lo" in {one.name for one in read("interfaces", "ip", "link", "show")}
    assert {one.prefix for one in read("routes", "ip", "-4", "route", "show")} <= {
        "0.0.0.0/0",
        *routes_of_this_machine(),
    }


def routes_of_this_machine():
    for line in Path("/proc/net/route").read_text(encoding="ascii").splitlines()[1:]:
        words = line.split()
        address, mask = (int.from_bytes(bytes.fromhex(words[at]), "little") for at in (1, 7))
        yield str(IPv4Network((address, mask.bit_count())))
