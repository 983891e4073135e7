"""The configuration engine on every hard shape: read both texts, compare, remediate with rollback and proof.

Beside it, where they are installed, hier_config and annet. CPU seconds of one process, imports excluded. The first
figure is that of a process that has seen none of these lines before; `again` is a second run, as for the next device
of a fleet. Both stand there too as on the machine on which adding up a million numbers takes 9.5 ms (`quiet`).
As at the start of the command line, what was imported is out of the garbage collector's sight, and it looks less often:
otherwise the figures would say how much had been imported.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

from config_shapes import SHAPES, Shape

from siteauto.core.config import diff, normalise, remediate
from siteauto.core.models import PlatformName
from siteauto.platforms import load_platforms

if TYPE_CHECKING:
    from annet.annlib.netdev.views.hardware import HardwareView

SIZES = (1000, 5000, 20000)
REFERENCE = 0.0095  # seconds for the reference on the quiet machine that the goal speaks of
PATIENCE = 3.0  # seconds: a tool that needs more for one size is not asked for the next
Tool = Callable[[Shape, str, str], float]
Figures = TypeVar("Figures")


def siteauto(shape: Shape, running_text: str, intended_text: str) -> float:
    rules = load_platforms()[PlatformName(shape.platform)].config
    start = time.process_time()
    running, intended = normalise(rules, running_text), normalise(rules, intended_text)
    found, remediation = diff(running, intended), remediate(running, intended)
    spent = time.process_time() - start
    if not remediation.converges or not found.significant:
        sys.exit(f"{shape.name}: not a proven remediation")
    return spent


def reference() -> float:
    """How long this machine takes right now for a piece of work that never changes."""
    best = PATIENCE
    for _ in range(5):
        start = time.process_time()
        sum(range(10**6))
        best = min(best, time.process_time() - start)
    return best


def hier_config(shape: Shape, running_text: str, intended_text: str) -> float:
    from hier_config import Platform, WorkflowRemediation, get_hconfig

    platform = {
        "cisco_ios": Platform.CISCO_IOS,
        "fortinet": Platform.FORTINET_FORTIOS,
        "juniper_junos": Platform.JUNIPER_JUNOS,
        "arista_eos": Platform.ARISTA_EOS,
    }[shape.platform]
    start = time.process_time()
    work = WorkflowRemediation(get_hconfig(platform, running_text), get_hconfig(platform, intended_text))
    list(work.remediation_config.all_children_sorted())
    list(work.rollback_config.all_children_sorted())
    return time.process_time() - start


@lru_cache(maxsize=1)
def _annet_hardware() -> HardwareView:
    """A Cisco switch as annet knows it, with its rules read."""
    from annet import hardware, rulebook
    from annet.annlib.netdev.views.hardware import HardwareView

    rulebook.rulebook_provider_connector.set(rulebook.DefaultRulebookProvider)
    hardware.hardware_connector.set(hardware.AnnetHardwareProvider)
    box = HardwareView("Cisco Catalyst", "")
    rulebook.get_rulebook(box)
    return box


def annet(shape: Shape, running_text: str, intended_text: str) -> float:
    """Its comparison and its patch, by the entry points that its own command uses (they are private)."""
    if shape.platform != "cisco_ios":
        raise LookupError
    from annet import api

    box = _annet_hardware()
    start = time.process_time()
    running, intended, box = api._read_old_new_hw("", running_text, "", intended_text, box)  # noqa: SLF001
    api._read_old_new_diff_patch(running, intended, box, False)  # noqa: FBT003, SLF001
    return time.process_time() - start


PEERS: dict[str, Tool] = {
    name: tool for name, tool in (("hier_config", hier_config), ("annet", annet)) if find_spec(name)
}


def main() -> None:
    load_platforms()
    if "annet" in PEERS:
        _annet_hardware()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    for name in ("hier_config", "annet"):
        if name not in PEERS:
            print(f"{name} is not installed: no comparison with it")
    for shape in SHAPES:
        tired: set[str] = set()
        for size in SIZES:
            print(_row(shape, size, tired), flush=True)


def _first_and_again(shape: Shape, *texts: str) -> tuple[float, float]:
    """The best of two processes of their own: in each, what the engine remembers of a line counts the second time."""
    runs = [_in_a_process_of_its_own(_twice, shape, *texts) for _ in range(2)]
    return min(first for first, _ in runs), min(again for _, again in runs)


def _in_a_process_of_its_own(act: Callable[..., Figures], shape: Shape, *texts: str) -> Figures:
    """Nobody's figures hold the search for what another has left behind."""
    with get_context("fork").Pool(1) as pool:
        return pool.apply(act, (shape, *texts))


def _twice(shape: Shape, running_text: str, intended_text: str) -> tuple[float, float]:
    return siteauto(shape, running_text, intended_text), siteauto(shape, running_text, intended_text)


def _row(shape: Shape, size: int, tired: set[str]) -> str:
    texts = shape.texts(size)
    ours, again = _first_and_again(shape, *texts)
    work = reference()
    quiet = REFERENCE / work
    row = f"{shape.name:<34}{size:>6} lines   siteauto {ours:5.2f} s (again {again:5.2f} s)"
    row += f", quiet {ours * quiet:5.2f} s (again {again * quiet:5.2f} s)"
    for name, tool in PEERS.items():
        if name in tired:
            row += f"   {name} not asked"
            continue
        try:
            theirs = _in_a_process_of_its_own(tool, shape, *texts)
        except LookupError:
            row += f"   {name} cannot"
            continue
        row += f"   {name} {theirs:6.2f} s ({theirs / ours:5.1f} x)"
        if theirs > PATIENCE:
            tired.add(name)
    return row


if __name__ == "__main__":
    main()
