"""The state of a lab in words."""

from collections.abc import Mapping
from typing import Any


def status_text(status: Mapping[str, Any]) -> str:
    """Clock, devices with their addresses and faults, and pulled cables."""
    lines = [f"clock: {status['now']}"]
    for name, device in status["devices"].items():
        words = [", ".join(device["addresses"]) or "not reachable"]
        words += [] if device["powered"] else ["off"]
        words += [f"fault: {fault}" for fault in device["faults"]]
        words += [f"logins refused: {device['refused_logins']}"] if device["refused_logins"] else []
        lines.append(f"  {name:<24} {'; '.join(words)}")
    lines += [f"  unplugged: {cable}" for cable in status["unplugged"]]
    return "\n".join(lines)
