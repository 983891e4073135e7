"""The whole running configuration of a device: what it shows, and the lines that it holds without showing them."""

from siteauto.core.completeness import find_defects
from siteauto.core.config import reveal, reveal_commands
from siteauto.core.errors import DeviceError
from siteauto.core.platform_spec import PlatformSpec
from siteauto.core.ports import Session


def read_config(session: Session, platform: PlatformSpec) -> str:
    """The running configuration with its hidden lines before the last one. Raises DeviceError where it is not whole."""
    shown = fetch_whole(session, platform, "running")
    outputs = {command: session.run(command) for command in reveal_commands(platform.config)}
    hidden = reveal(platform.config, outputs)
    *lines, last = shown.rstrip("\n").split("\n")
    return "\n".join((*lines, *hidden, last, "")) if hidden else shown


def fetch_whole(session: Session, platform: PlatformSpec, which: str) -> str:
    """The exact running or startup configuration. Raises DeviceError where it did not arrive whole."""
    text = session.fetch(which)
    if defects := find_defects(platform.backup, text):
        raise DeviceError(f"The {which} configuration did not arrive whole", found="; ".join(defects))
    return text
