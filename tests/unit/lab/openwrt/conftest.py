"""A simulated OpenWrt box as it comes out of its carton, on a clock that only moves when told."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from siteauto.lab.clock import LabClock
from siteauto.lab.devices.openwrt.ash import Ash
from siteauto.lab.devices.openwrt.box import Box
from siteauto.lab.spec import DeviceSpec, LabSpec
from siteauto.lab.world import World
from siteauto.platforms.openwrt import PLATFORM

SID = "0" * 32
BASE = (
    "uci set wireless.radio0.disabled='0'",
    "uci delete wireless.default_radio0",
    "uci set wireless.w=wifi-iface",
    "uci set wireless.w.device='radio0'",
    "uci set wireless.w.mode='ap'",
    "uci set wireless.w.ssid='Shop'",
)


@dataclass(frozen=True)
class Bench:
    """A box on a bench, with its clock."""

    box: Box
    clock: LabClock

    @property
    def deltas(self):
        return self.box.deltas

    @property
    def hostname(self):
        return self.box.hostname

    def shell(self):
        return Ash(self.box)

    def staged(self, line, *, grant=True):
        """A session in which this is staged."""
        session = self.box.rpcd.create(600)
        if grant:
            session.acls["uci"] = [("*", "read"), ("*", "write")]
        self.shell().receive(line.replace("uci ", f"uci -t /var/run/rpcd/uci-{session.id} ", 1))
        return session.id

    def call(self, method, sid, more=""):
        arguments = f'{{"ubus_rpc_session":"{sid}"{"," + more if more else ""}}}'
        return self.shell().receive(f"ubus call uci {method} '{arguments}'").text


@pytest.fixture
def box():
    clock = LabClock(datetime(2026, 11, 23, tzinfo=UTC))
    spec = DeviceSpec(
        name="us-nyc-tst01-ap1",
        short="ap1",
        platform=PLATFORM,
        model="WAX206",
        serial="94:18:65:00:00:01",
        base_mac="94:18:65:00:00:01",
        boot_text="",
        world=World(LabSpec(site="us-nyc-tst01", port=0, members=(), links=(), circuits=()), clock),
    )
    return Bench(Box(spec), clock)
