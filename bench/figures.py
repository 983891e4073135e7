"""How the benchmarks measure: CPU seconds of a child process and its children, several runs, the median."""

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Medians in seconds."""

    cpu: float
    wall: float


def measure(
    command: Sequence[str],
    *,
    runs: int = 7,
    warm_up: int = 1,
    environment: dict[str, str] | None = None,
    accepted: tuple[int, ...] = (0,),
) -> Figure:
    """Run a command to warm up and then `runs` times. An exit code that is not accepted ends the benchmark."""
    cpu, wall = [], []
    for run in range(runs + warm_up):
        before, start = os.times(), time.perf_counter()
        ended = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
        if ended.returncode not in accepted:
            raise SystemExit(f"{' '.join(command)} ended with {ended.returncode}\n{ended.stderr.decode()}")
        after, end = os.times(), time.perf_counter()
        if run >= warm_up:
            spent = after.children_user - before.children_user + after.children_system - before.children_system
            cpu.append(spent)
            wall.append(end - start)
    return Figure(cpu=statistics.median(cpu), wall=statistics.median(wall))


def show(name: str, figure: Figure, *, against: str = "", floor: Figure | None = None) -> None:
    """One line: CPU, wall, and the ratio of CPU to the floor or the peer named."""
    line = f"{name:<44} cpu {figure.cpu:7.3f} s   wall {figure.wall:7.3f} s"
    if floor is not None:
        line += f"   {figure.cpu / floor.cpu:5.2f} x {against}"
    print(line)
