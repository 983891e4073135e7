"""A small switch and a small firewall, without a network around them."""

from datetime import UTC, datetime

import pytest

from siteauto.lab.clock import LabClock
from siteauto.lab.devices.juniper_junos import build
from siteauto.lab.services import Struck
from siteauto.lab.spec import DeviceSpec, LabSpec
from siteauto.lab.world import World
from siteauto.platforms.juniper_junos import PLATFORM

DAY_0 = """\
system {
    host-name sw1;
    root-authentication {
        plain-text-password-value "root-pass";
    }
    login {
        user ann {
            class super-user;
            authentication {
                plain-text-password-value "ann-pass";
            }
        }
    }
    services {
        ssh;
        netconf {
            ssh;
        }
    }
}
interfaces {
    ge-0/0/0 {
        native-vlan-id 999;
        unit 0 {
            family ethernet-switching {
                interface-mode trunk;
                vlan {
                    members [ 99 native ];
                }
            }
        }
    }
    irb {
        unit 99 {
            family inet {
                address 10.1.2.3/27;
            }
        }
    }
}
vlans {
    mgmt {
        vlan-id 99;
        l3-interface irb.99;
    }
    native {
        vlan-id 999;
    }
}
"""


class Untroubled:
    """A visit that no fault meets."""

    def lets_in(self, user, password):
        return True

    def command(self, line):
        return Struck()


@pytest.fixture
def world():
    spec = LabSpec(site="us-bos-jun01", port=0, members=(), links=(), circuits=())
    return World(spec, LabClock(datetime(2026, 11, 2, 2, 0, tzinfo=UTC), lambda: 0.0))


@pytest.fixture
def make_box(world):
    def make(text=DAY_0, model="EX2300-24P"):
        device = build(
            DeviceSpec(
                name="us-bos-jun01-sw1",
                short="sw1",
                platform=PLATFORM,
                model=model,
                serial="JW0219510033",
                base_mac="00:05:85:00:00:10",
                boot_text=text,
                world=world,
            )
        )
        world.add(device)
        return device

    return make


@pytest.fixture
def device(make_box):
    return make_box()


@pytest.fixture
def shell(device):
    return device.shell("ann")


@pytest.fixture
def typed(shell):
    def type_lines(*lines):
        return "".join(shell.receive(line).text for line in lines)

    return type_lines


class Session:
    """A NETCONF session without a wire."""

    def __init__(self, device, user="ann"):
        self.dialogue = device.services.subsystems["netconf"](user, Untroubled())
        self.hello = next(self.dialogue.open()).data.decode()

    def ask(self, operation):
        message = f'<rpc message-id="1">{operation}</rpc>]]>]]>'
        return "".join(one.data.decode() for one in self.dialogue.feed(message.encode()))


@pytest.fixture
def netconf(device):
    return Session(device)


@pytest.fixture
def another(device):
    return Session(device, "bob")


@pytest.fixture
def open_session():
    return Session
