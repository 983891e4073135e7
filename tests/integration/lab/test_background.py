"""A lab as a process of its own: started, moved, found again, stopped."""

import json
import os
from ipaddress import IPv4Interface

import paramiko
import pytest

from siteauto.core.errors import UsageError
from siteauto.lab.free_ports import free_port
from siteauto.lab.process import STATE, find_lab, is_alive, process_start, read_state, start_lab, stop_lab
from siteauto.lab.spec import LabSpec, MemberSpec

from .conftest import BOOT, NAME


def spec_with(boot_text):
    member = MemberSpec(
        name=NAME,
        short="sw1",
        role="core",
        platform="cisco_ios",
        model="C9300-24P",
        serial="FOC2233X0AB",
        address=IPv4Interface("10.47.16.2/27"),
        boot_text=boot_text,
    )
    return LabSpec(site="us-nyc-mad01", port=free_port(), members=(member,), links=(), circuits=())


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "a-state-folder-whose-name-is-much-too-long-for-the-path-of-a-unix-socket" / "lab"
    yield path
    if (state := read_state(path)) is not None and is_alive(state):
        stop_lab(state, path)


def test_a_whole_life(folder):
    state = start_lab(spec_with(BOOT.format(second=47)), folder)
    assert find_lab(folder) == state
    client = paramiko.SSHClient()
    client.load_host_keys(str(state.known_hosts))
    client.connect(state.addresses[NAME], state.port, "day0", "day0-pass", look_for_keys=False, allow_agent=False)
    client.close()
    control = state.client()
    assert control.ask("status")["devices"][NAME]["addresses"] == [state.addresses[NAME]]
    assert "hostname" in control.ask("type", device="sw1", lines=["show running-config | include hostname"])["output"]
    with pytest.raises(UsageError, match="no device sw9"):
        control.ask("fault", device="sw9", kind="hang")
    with pytest.raises(UsageError, match="already running"):
        start_lab(spec_with(BOOT.format(second=47)), folder)
    stop_lab(state, folder)
    assert find_lab(folder) is None
    assert process_start(state.pid) == ""


def test_state_of_a_dead_process_is_no_lab_even_if_its_number_lives(folder):
    state = start_lab(spec_with(BOOT.format(second=47)), folder)
    file = folder / STATE
    kept = file.read_text()
    stop_lab(state, folder)
    file.write_text(json.dumps({**json.loads(kept), "pid": os.getpid()}))
    assert find_lab(folder) is None
    stop_lab(read_state(folder), folder)
    assert not file.exists(), "and our own process lives on"


def test_a_lab_that_cannot_start_says_why(folder):
    with pytest.raises(UsageError, match=r"refuses lines of its day-0 text.*banana split"):
        start_lab(spec_with("banana split\n"), folder)
    assert find_lab(folder) is None


def test_a_lab_of_another_version_is_not_forgotten(folder):
    folder.mkdir(parents=True)
    other = {"version": 99, "pid": os.getpid(), "started": process_start(os.getpid())}
    (folder / STATE).write_text(json.dumps(other))
    with pytest.raises(UsageError, match="another version"):
        start_lab(spec_with(BOOT.format(second=47)), folder)
