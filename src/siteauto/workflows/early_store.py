"""Store what has come while some devices keep a site waiting: nine sick ones do not delay the healthy ones."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from siteauto.core.backup import BackupReport
from siteauto.core.models import DeviceName
from siteauto.core.ports import Target
from siteauto.core.run import Outcome
from siteauto.workflows.fetch_copy import Fetched

LULL = 1.0  # seconds, at least
FACTOR = 2  # times as long as the slowest answer took: whoever is still silent is sick, or the others need not wait

Come = Mapping[DeviceName, Outcome[Fetched]]
Question = Callable[[Target], Fetched]


class EarlyStore:
    """Around a round of questions: in the first lull, what has come is stored. Once, so that a site has few commits."""

    def __init__(self, store: Callable[[Come], BackupReport]) -> None:
        self._store = store
        self._come: dict[DeviceName, Outcome[Fetched]] = {}
        self._lull = LULL
        self._is_over = False
        self._changed = threading.Condition()
        self._pool = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> Self:
        self._early = self._pool.submit(self._wait)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self._pool.shutdown()

    def noting(self, question: Question) -> Question:
        """The question, whose answers are noted."""

        def noted(target: Target) -> Fetched:
            began = time.monotonic()
            fetched = question(target)
            with self._changed:
                self._come[target.device.name] = Outcome(device=target.device.name, value=fetched)
                self._lull = max(self._lull, FACTOR * (time.monotonic() - began))
                self._changed.notify()
            return fetched

        return noted

    def report(self) -> BackupReport | None:
        """What was stored early, when the round is over; None: there was no lull. Raises what storing raised."""
        return self._early.result()

    def _wait(self) -> BackupReport | None:
        with self._changed:
            known = -1
            while not self._is_over and (not self._come or known != len(self._come)):
                known = len(self._come)
                self._changed.wait(self._lull)
            come = dict(self._come)
            if self._is_over:
                return None
        return self._store(come)
