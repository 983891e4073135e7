"""How the benchmarks measure: CPU seconds of a child process and its children, several runs, the median."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Medians in seconds; `peak` is the most memory that one process of it held, in megabytes."""

    cpu: float
    wall: float
    peak: float = 0.0


def measure(
    command: Sequence[str],
    *,
    runs: int = 7,
    warm_up: int = 1,
    environment: dict[str, str] | None = None,
    accepted: tuple[int, ...] = (0,),
) -> Figure:
    """Run a command to warm up and then `runs` times. An exit code that is not accepted ends the benchmark."""
    figures = [_measure_once(command, environment, accepted) for _ in range(runs + warm_up)][warm_up:]
    return Figure(
        cpu=statistics.median(one.cpu for one in figures),
        wall=statistics.median(one.wall for one in figures),
        peak=max(one.peak for one in figures),
    )


def _measure_once(command: Sequence[str], environment: dict[str, str] | None, accepted: tuple[int, ...]) -> Figure:
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env=environment) as process:
            _, status, spent = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        if process.returncode not in accepted:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}\n{said.read().decode()}")
    return Figure(cpu=spent.ru_utime + spent.ru_stime, wall=wall, peak=spent.ru_maxrss / 1024)


def show(name: str, figure: Figure, *, against: str = "", floor: Figure | None = None) -> None:
    """One line: CPU, wall, and the ratio of CPU to the floor or the peer named."""
    line = f"{name:<44} cpu {figure.cpu:7.3f} s   wall {figure.wall:7.3f} s"
    if floor is not None:
        line += f"   {figure.cpu / floor.cpu:5.2f} x {against}"
    print(line)


def judge(what: str, found: float, goal: float, unit: str = "") -> None:
    """One line: what was found, what the goal is, and whether it is met."""
    print(f"  {'met   ' if found <= goal else 'MISSED'} {what}: {found:.3g}{unit}, goal {goal:g}{unit}")
