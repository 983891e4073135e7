"""A simulated Nexus 9000 switch."""

from siteauto.lab.devices.cisco_nxos.device import NxosDevice
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.spec import DeviceSpec


def build(spec: DeviceSpec) -> SimulatedDevice:
    """A box that has booted from its day-0 text."""
    return NxosDevice(spec)
