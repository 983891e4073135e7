"""Every transport by way of a jump host, with the pins of the device behind it."""

import os
import shutil
import sys
from dataclasses import replace

import pytest
from tests.jump_gate import jump_gate

from siteauto.adapters.jump_host import open_way
from siteauto.adapters.transports import make_transport
from siteauto.app.access import proxy_command
from siteauto.app.where import Where
from siteauto.core.errors import HostKeyError, UnreachableError
from siteauto.core.site.access import Access

pytestmark = pytest.mark.skipif(shutil.which("ssh") is None, reason="there is no OpenSSH client on this machine")

DEVICES = {
    "napalm": ("site_lab", "sw1"),
    "netmiko": ("site_lab", "fw1"),
    "eapi": ("office", "sw1"),
    "netconf": ("branch", "sw2"),
}


@pytest.fixture
def gate(tmp_path):
    with jump_gate(tmp_path) as gate:
        yield gate


@pytest.fixture(params=DEVICES)
def lab(request):
    lab = request.getfixturevalue(DEVICES[request.param][0])
    lab.lab.control("clear")
    return lab


@pytest.fixture
def target(request, lab, gate):
    port, config, _ = gate
    straight = lab.target(DEVICES[request.node.callspec.params["lab"]][1])
    site = replace(lab.view.site, access=Access(proxy_jump=f"ops@127.0.0.1:{port}"))
    where = Where(
        lab=False, described_as="", hosts={}, known_hosts=config, secrets=config, backups=config, ssh_config=str(config)
    )
    return replace(straight, proxy_command=proxy_command(site, where))


def ask(lab, target):
    with make_transport(lab.secrets).connect(target) as session:
        return session.run(target.platform.identity.command)


def test_every_packet_goes_through_it(lab, target, gate):
    assert target.device.serial in ask(lab, target)
    assert set(gate[2]) == {(target.host, target.port)}


def test_a_first_contact_behind_it_is_pinned_only_where_it_is_trusted(lab, target, tmp_path):
    unknown = replace(target, known_hosts=tmp_path / "pins")
    with pytest.raises(HostKeyError, match="is not known"):
        ask(lab, unknown)
    assert target.device.serial in ask(lab, replace(unknown, trust_new_host_key=True))
    assert target.device.serial in ask(lab, unknown)


def test_a_jump_host_that_lets_nobody_in_is_named(lab, target, tmp_path):
    (tmp_path / "known").write_text("")
    with pytest.raises(UnreachableError, match="through its jump host") as caught:
        ask(lab, target)
    assert "Try: ssh -o BatchMode=yes" in str(caught.value)


def test_a_ctrl_c_at_the_terminal_does_not_cut_the_way(lab, target):
    group = f"{sys.executable} -c 'import os; print(os.getpgrp())'"
    with open_way(replace(target, proxy_command=group)) as way:
        assert int(way.recv(64)) != os.getpgrp()
