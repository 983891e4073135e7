"""A configuration as the box prints it."""

import re

from siteauto.core.config import ConfigTree, to_text

DEFAULT_ACCESS, ALL_TRUNKED = "vlan access 1", "vlan trunk allowed all"
# Comment lines stand between parts whether there is anything in them or not: recorded 8100, 6100, 6000, 8325.
BEFORE_SERVERS = re.compile(r"tacacs-server |radius-server |aaa |aruba-central|logging \d|ssh |vlan |access-list ")
BEFORE_WEB = re.compile(r"(?:no )?https-server ")
SERVICE_PARTS, CLOSING_PARTS = 4, 5


def configuration(tree: ConfigTree, software: str) -> str:
    """From the comment lines on top to the last line."""
    lines = [line for line in to_text(tree).splitlines() if line != tree.rules.comment]
    return "\n".join(("!", f"!Version ArubaOS-CX {software}", "!export-password: default", *_with_parts(lines), ""))


def _with_parts(lines: list[str]) -> list[str]:
    found: list[str] = []
    waiting = [(BEFORE_SERVERS, SERVICE_PARTS), (BEFORE_WEB, CLOSING_PARTS)]
    for line in lines:
        if waiting and waiting[0][0].match(line):
            found += ["!"] * waiting.pop(0)[1]
        found.append(line)
    return found


def section(text: str, header: str) -> str:
    """One section of a printed configuration, closed as the box closes it; empty: there is none."""
    lines = text.splitlines()
    if header not in lines:
        return ""
    start = lines.index(header)
    inside = []
    for line in lines[start + 1 :]:
        if not line.startswith(" "):
            break
        inside.append(line)
    return "\n".join((header, *inside, "    exit", ""))
