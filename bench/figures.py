"""How the benchmarks measure: CPU seconds of a child process and its children, several runs, the median."""

import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Medians in seconds; `peak` is the most memory that it held, its children included, in megabytes."""

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
            ended, together = threading.Event(), [0.0]
            watch = threading.Thread(target=_watch, args=(process.pid, ended, together))
            watch.start()
            _, status, spent = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            ended.set()
            watch.join()
        if process.returncode not in accepted:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}\n{said.read().decode()}")
    return Figure(cpu=spent.ru_utime + spent.ru_stime, wall=wall, peak=max(spent.ru_maxrss / 1024, *together))


def _watch(root: int, ended: threading.Event, together: list[float]) -> None:
    """Look four times a second how much memory a process and its children hold together."""
    while not ended.wait(0.25):
        together.append(sum(_held(process) for process in _family(root)))


def _family(process: int) -> list[int]:
    try:
        begun = [file.read_text(encoding="ascii") for file in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:  # it has ended
        return []
    return [process, *(one for child in " ".join(begun).split() for one in _family(int(child)))]


def _held(process: int) -> float:
    """Its own memory, and its part of what it shares with others."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def show(name: str, figure: Figure, *, against: str = "", floor: Figure | None = None) -> None:
    """One line: CPU, wall, and the ratio of CPU to the floor or the peer named."""
    line = f"{name:<44} cpu {figure.cpu:7.3f} s   wall {figure.wall:7.3f} s"
    if floor is not None:
        line += f"   {figure.cpu / floor.cpu:5.2f} x {against}"
    print(line)


def judge(what: str, found: float, goal: float, unit: str = "") -> None:
    """One line: what was found, what the goal is, and whether it is met."""
    print(f"  {'met   ' if found <= goal else 'MISSED'} {what}: {found:.3g}{unit}, goal {goal:g}{unit}")
