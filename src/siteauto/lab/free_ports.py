"""Ports for a lab to listen at."""

import contextlib
import socket


def free_port() -> int:
    """A port that nobody holds at any loopback address now."""
    return free_ports(1)[0]


def free_ports(count: int) -> tuple[int, ...]:
    """So many different ones."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("", 0))
        return tuple(probe.getsockname()[1] for probe in probes)
