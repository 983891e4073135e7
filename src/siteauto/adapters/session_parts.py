"""What sessions of every transport share: whole configurations, and abilities that a transport does not have."""

from collections.abc import Callable

from siteauto.core.completeness import find_defects
from siteauto.core.errors import DeviceError
from siteauto.core.ports import Target


def fetch(run: Callable[[str], str], target: Target, which: str) -> str:
    """A whole configuration, exactly as the device printed it. Raises DeviceError when a part of it is missing."""
    rules = target.platform.backup
    command = {"running": rules.running, "startup": rules.startup}[which]
    if not command:
        return ""
    for one in rules.before:
        run(one)
    text = readable(run(command))
    defects = find_defects(rules, text)
    if defects:
        raise DeviceError(
            f"{target.device.name}: its {which} configuration is not whole",
            expected=f"a complete answer to {command!r}",
            found="; ".join(defects),
            next_step="Nothing was stored. Run again; if it stays, look at the device",
        )
    return text


def readable(text: str) -> str:
    """The text without bytes that are no UTF-8; `run` keeps them, so that a backup is what the device sent."""
    return text if text.isascii() else text.encode(errors="ignore").decode()


def unsupported(target: Target, what: str) -> DeviceError:
    """The transport of this platform cannot do that."""
    return DeviceError(
        f"{target.device.name}: {what} is not possible on {target.platform.title}",
        expected=f"an ability of the transport {target.platform.transport}",
        found="none",
        next_step=f"Correct platforms/{target.platform.name}.py",
    )
