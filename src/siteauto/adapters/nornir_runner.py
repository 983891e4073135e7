"""Many devices at once by Nornir's threaded runner."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from nornir.core import Nornir
from nornir.core.inventory import Host, Hosts, Inventory
from nornir.core.task import AggregatedResult, Result, Task
from nornir.plugins.runners import ThreadedRunner

from siteauto.core.errors import SiteautoError
from siteauto.core.models import DeviceName
from siteauto.core.ports import Target
from siteauto.core.run import Outcome

T = TypeVar("T")


class NornirRunner:
    """Implements `ports.Runner` with at most `workers` sessions at a time; `places` are those of several runners."""

    def __init__(self, workers: int = 20, places: threading.Semaphore | None = None) -> None:
        self._workers = workers
        self._places = places or threading.Semaphore(workers)

    def run(self, targets: Sequence[Target], operation: Callable[[Target], T]) -> Mapping[DeviceName, Outcome[T]]:
        """Outcomes for every target given, in their order.

        On Ctrl-C no further device is begun, those that were are waited for, and KeyboardInterrupt goes on: what comes
        next never meets a session of this run.
        """
        by_name = {target.device.name: target for target in targets}
        gate = _Gate()

        def task(task: Task) -> Result:
            target = by_name[DeviceName(task.host.name)]
            with self._places, gate:
                return Result(host=task.host, result=_outcome(target, operation))

        nornir = Nornir(
            inventory=Inventory(hosts=Hosts({name: Host(name=name) for name in by_name})),
            runner=ThreadedRunner(num_workers=self._workers),
        )
        try:
            results = nornir.run(task=task)
        except KeyboardInterrupt:
            gate.shut()
            raise
        return {name: _of(name, results) for name in by_name}


def _outcome(target: Target, operation: Callable[[Target], T]) -> Outcome[T]:
    """The one place where an exception becomes an outcome."""
    try:
        return Outcome(device=target.device.name, value=operation(target))
    except SiteautoError as error:
        return Outcome(device=target.device.name, error=error)


def _of(name: DeviceName, results: AggregatedResult) -> Outcome[T]:
    """The outcome that a worker returned; one that Nornir had to catch is a fault of ours."""
    result = results[name][0]
    if isinstance(result.result, Outcome):
        return result.result
    error = SiteautoError(
        f"{name}: internal error in a worker",
        found=repr(result.exception),
        next_step="This is a fault of siteauto: please report it",
    )
    error.__cause__ = result.exception
    return Outcome(device=name, error=error)


class _Gate:
    """Counts who is inside, and lets nobody in once it is shut."""

    def __init__(self) -> None:
        self._inside = 0
        self._is_shut = False
        self._changed = threading.Condition()

    def __enter__(self) -> None:
        with self._changed:
            if self._is_shut:
                raise SiteautoError("The run was interrupted before this device was begun")
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()

    def shut(self) -> None:
        """Let nobody in any more, and wait until all are out. A second Ctrl-C does not cut this short."""
        while True:
            try:
                with self._changed:
                    self._is_shut = True
                    self._changed.wait_for(lambda: self._inside == 0)
                    return
            except KeyboardInterrupt:
                continue
