"""A simulated Catalyst switch or Catalyst 9800 controller."""

from siteauto.lab.devices.cisco_ios.device import CiscoIosDevice
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.spec import DeviceSpec


def build(spec: DeviceSpec) -> SimulatedDevice:
    """A box that has booted from its day-0 text."""
    return CiscoIosDevice(spec)
