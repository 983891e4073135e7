"""Work spread over processes, so that each core has an interpreter of its own: threads share one.

They are forked: what was read stays read, and no secret is on a command line. They end with their parent, however it
ends, so what they do must be safe against being killed.
"""

import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

from siteauto.core.errors import SiteautoError

Share = TypeVar("Share")
Result = TypeVar("Result")
Results: TypeAlias = "Connection[Any, Any]"  # whatever `act` gives


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """What a process has come to grief on."""

    told: str


def free_cores() -> int:
    """How many processes are worth their while: one where a fork would take along locks that other threads hold."""
    return len(os.sched_getaffinity(0)) if threading.active_count() == 1 else 1


def side_by_side(act: Callable[[Share], Iterable[Result]], shares: Sequence[Share]) -> Iterator[Result]:
    """What `act` gives for each share, each in a process of its own, as it becomes known. Results must be picklable.

    On Ctrl-C, and when nobody wants more, every process gets a KeyboardInterrupt and is waited for. Of one that was
    killed nothing more comes. Raises SiteautoError for a fault of `act`.
    """
    forking, (life, held) = multiprocessing.get_context("fork"), os.pipe()
    gc.freeze()  # a search for cycles writes into every page, and each process would have its own
    processes, results = list[ForkProcess](), list[Results]()
    try:
        for share in shares:
            ours, theirs = forking.Pipe(duplex=False)
            process = forking.Process(target=_work, args=(act, share, theirs, life, held))
            process.start()
            theirs.close()
            processes.append(process)
            results.append(ours)
        yield from _come(results)
    except BaseException:
        for process in processes:
            process.terminate()
        raise
    finally:
        for one in results:
            one.close()  # a process that has something to tell must not wait for a listener
        for process in processes:
            process.join()
        os.close(life)
        os.close(held)


def _come(results: Sequence[Results]) -> Iterator[Any]:
    open_ones = list(results)
    while open_ones:
        for one in cast("list[Results]", wait(open_ones)):
            try:
                result = one.recv()
            except EOFError:
                open_ones.remove(one)
                continue
            if isinstance(result, _Fault):
                raise SiteautoError(
                    "Internal error in a process of this run",
                    found=result.told,
                    next_step="This is a fault of siteauto: please report it",
                )
            yield result


def _work(act: Callable[[Share], Iterable[Result]], share: Share, results: Results, life: int, held: int) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # how the parent passes a Ctrl-C on
    os.close(held)
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()
    try:
        for result in act(share):
            results.send(result)
    except (KeyboardInterrupt, BrokenPipeError):
        return
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user, and the parent must know
        results.send(_Fault(told=_without_its_words(error)))


def _without_its_words(error: Exception) -> str:
    """What it is and where: what it says itself might hold a secret."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"


def _end_with(life: int) -> None:
    """End at once when the parent has ended: nobody else holds the other end of this pipe."""
    os.read(life, 1)
    os._exit(1)
