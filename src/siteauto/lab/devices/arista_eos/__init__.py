"""A simulated Arista switch."""

from siteauto.lab.devices.arista_eos.device import AristaEosDevice
from siteauto.lab.shell import SimulatedDevice
from siteauto.lab.spec import DeviceSpec


def build(spec: DeviceSpec) -> SimulatedDevice:
    """A box that has booted from its day-0 text."""
    return AristaEosDevice(spec)
