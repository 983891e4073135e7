"""Rules for the address lock of a site: it holds what the site needs, no more, and nothing that cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from siteauto.core.models import Site
from siteauto.core.site.address_lock import AddressLock, find_moves, lock_of
from siteauto.core.site.problems import Path, Related


@dataclass(frozen=True, slots=True, kw_only=True)
class LockProblem:
    """What is wrong with a lock, at `path` in it. `related` are values of the site that have to do with it."""

    code: str
    message: str
    path: Path
    help: str
    related: tuple[Related, ...] = ()
    at_key: bool = False


def write_command(site: str, *renumber: str) -> str:
    """How an operator has the lock written."""
    return " ".join((f"siteauto addresses {site} --write", *(f"--renumber {name}" for name in renumber)))


def check_lock(lock: AddressLock, name: str) -> Iterator[LockProblem]:
    """A lock by itself. `name` is what its file is called. What is broken here is used for nothing."""
    help_ = f"restore it from git, or plan anew: {write_command(name, 'all')}"
    if lock.site != name:
        yield LockProblem(
            code="E2905", message=f"the lock of {name} says that it is of {lock.site}", path=("site",), help=help_
        )
    ranges = sorted((network, role) for role, network in lock.subnets.items())
    for network, role in ranges:
        if not network.subnet_of(lock.supernet):
            message = f"the lock has {role} at {network}, which is not inside {lock.supernet}"
            yield LockProblem(code="E2905", message=message, path=("subnets", role), help=help_)
    for (first, one), (second, other) in combinations(ranges, 2):
        if first.overlaps(second):
            message = f"the lock has {other} at {second}, which overlaps {one} at {first}"
            yield LockProblem(code="E2905", message=message, path=("subnets", other), help=help_)
    seen: dict[object, str] = {}
    for short, address in lock.devices.items():
        if lock.network_of(short) is None:
            message = f"the lock has {short} at {address}, which is in none of its subnets"
            yield LockProblem(code="E2905", message=message, path=("devices", short), help=help_)
        elif seen.setdefault(address, short) != short:
            message = f"the lock gives {address} to {seen[address]} and to {short}"
            yield LockProblem(code="E2905", message=message, path=("devices", short), help=help_)


def compare_lock(lock: AddressLock, site: Site) -> Iterator[LockProblem]:
    """A sound lock against the site as it is planned around it."""
    plan = lock_of(site)
    if lock.supernet != site.supernet:
        gone = [role for role, network in lock.subnets.items() if not network.subnet_of(site.supernet)]
        yield LockProblem(
            code="E2904",
            message=f"the lock of {site.name} is for {lock.supernet}, and the site has {site.supernet}",
            path=("supernet",),
            help=f"put the supernet back, or run: {write_command(site.name, *(['all'] if gone else []))}",
            related=(Related(text=f"the site has {site.supernet}", path=("supernet",)),),
        )
        return
    yield from _contradictions(lock, plan, site)
    new = (*(role for role in plan.subnets if role not in lock.subnets),
           *(short for short in plan.devices if short not in lock.devices))  # fmt: skip
    if new:
        yield LockProblem(
            code="E2902",
            message=f"the lock of {site.name} has no address for {', '.join(new)}",
            path=("subnets",),
            help=f"run: {write_command(site.name)}",
            related=tuple(_asked_for(name, plan) for name in new),
            at_key=True,
        )
    yield from _left_over(lock, plan, site)


def _contradictions(lock: AddressLock, plan: AddressLock, site: Site) -> Iterator[LockProblem]:
    moves = find_moves(lock, plan)
    moved = {lock.subnets[move.name] for move in moves if move.name in lock.subnets}
    for move in moves:
        if lock.network_of(move.name) in moved:
            continue  # it goes with its subnet, of which we tell
        part = "subnets" if move.name in lock.subnets else "devices"
        yield LockProblem(
            code="E2904",
            message=f"the lock of {site.name} has {move.name} at {move.was}, and the site asks for {move.becomes}",
            path=(part, move.name),
            help=f"if it is to be renumbered: {write_command(site.name, move.name)}",
            related=(_asked_for(move.name, plan),),
        )


def _left_over(lock: AddressLock, plan: AddressLock, site: Site) -> Iterator[LockProblem]:
    old = [("subnets", role) for role in lock.subnets if role not in plan.subnets]
    old += [("devices", short) for short in lock.devices if short not in plan.devices]
    for part, name in old:
        yield LockProblem(
            code="E2903",
            message=f"the lock of {site.name} has an address for {name}, which the site has no more",
            path=(part, name),
            help=f"run: {write_command(site.name)}",
            at_key=True,
        )


def _asked_for(name: str, plan: AddressLock) -> Related:
    """Where the site speaks of a VLAN role or a device."""
    part = "vlans" if name in plan.subnets else "devices"
    return Related(text=f"the site has {name}", path=(part, name))
