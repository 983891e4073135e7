"""A simulated EX switch or SRX: `build` makes one from its specification."""

from siteauto.lab.devices.juniper_junos.device import JunosDevice
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.spec import DeviceSpec


def build(spec: DeviceSpec) -> SimulatedDevice:
    """A box that has booted from its day-0 text."""
    return JunosDevice(spec)
