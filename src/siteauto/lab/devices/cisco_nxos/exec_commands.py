"""Commands of the exec prompt that do something: configurations, files, replace and its commit, ping."""

from collections.abc import Callable
from ipaddress import IPv4Address

from siteauto.lab.devices.cisco_nxos import answers
from siteauto.lab.devices.cisco_nxos.box import Box

Words = tuple[str, ...]
REPLACED = "Configure replace completed successfully. Please run 'configure replace commit' to commit it\n"
WAITING = "Error: another configure replace waits for its commit\n"
BOOTFLASH = 11_939_500_032
NOTHING = "Error: there is no configure replace to commit\n"


def show_startup(box: Box, words: Words) -> str:  # noqa: ARG001
    """`show startup-config`."""
    return box.printed("startup-config", box.startup) if box.startup else "No startup configuration\n"


def save(box: Box, words: Words) -> str:  # noqa: ARG001
    """`copy running-config startup-config`."""
    box.startup = box.text
    return "[########################################] 100%\nCopy complete.\n"


def keep(box: Box, words: Words) -> str:
    """`copy running-config bootflash:F`."""
    box.files[words[2]] = box.text
    return "Copy complete.\n"


def delete(box: Box, words: Words) -> str:
    """`delete bootflash:F no-prompt`."""
    return "" if box.files.pop(words[1], None) is not None else "No such file or directory\n"


def replace(box: Box, words: Words) -> str:
    """`configure replace F`, with a time to commit it or without."""
    if words[2] not in box.files:
        return "Error: no such file\n"
    seconds = int(words[4]) if len(words) > 3 else None
    if seconds is not None and box.uncommitted is not None:
        return WAITING
    box.replace(box.files[words[2]], seconds)
    return REPLACED


def ping(box: Box, words: Words) -> str:
    """`ping A.B.C.D`."""
    return answers.ping(words[1], comes_back=box.spec.world.ping(box.spec.name, IPv4Address(words[1])))


def listed(box: Box) -> str:
    """`dir bootflash:`, without its folders."""
    full = box.spec.world.flash_is_full(box.spec.name)
    used = BOOTFLASH if full else sum(map(len, box.files.values()))
    rows = [f"{len(text):>11}    Nov 02 02:00:00 2026  {name}\n" for name, text in box.files.items()]
    return (
        f"{''.join(rows)}\nUsage for bootflash://\n{used:>12} bytes used\n{BOOTFLASH - used:>12} bytes free\n"
        f"{BOOTFLASH:>12} bytes total\n"
    )


ACTIONS: dict[str, Callable[[Box, Words], str]] = {
    "nothing": lambda box, words: "",  # noqa: ARG005
    "show_running": lambda box, words: box.printed("running-config", box.text),  # noqa: ARG005
    "show_startup": show_startup,
    "show_diff": lambda box, words: box.differences(),  # noqa: ARG005
    "save": save,
    "keep": keep,
    "delete": delete,
    "dir": lambda box, words: listed(box),  # noqa: ARG005
    "replace": replace,
    "commit": lambda box, words: "Commit completed successfully\n" if box.commit() else NOTHING,  # noqa: ARG005
    "ping": ping,
    "answer": lambda box, words: answers.answer(" ".join(words), box),
}
