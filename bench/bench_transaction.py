"""A site of twelve devices that answer after 50 ms: how long its transaction takes, and what it asks of them."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from siteauto.app.addresses import plan_addresses, write_locks
from siteauto.app.example import example_root
from siteauto.app.labs import ask_lab, start_lab, stop_lab
from siteauto.app.settings import Settings, read_settings
from siteauto.app.site_run import open_site_run
from siteauto.core.change.transaction import Pace, Verdict
from siteauto.core.models import DeviceName
from siteauto.core.ports import Session, Target
from siteauto.core.run import Outcome
from siteauto.workflows.inspection import inspect_site
from siteauto.workflows.provision import plan_network, push_ports
from siteauto.workflows.site_run import SiteRun
from siteauto.workflows.transaction import run_transaction

T = TypeVar("T")
SITE = "us-nyc-hqf01"
ANSWER = 0.05  # seconds before every answer of a device
MORE = range(4, 11)  # access switches that the example site does not have


@dataclass(slots=True)
class Visit:
    """One session with a device: what was called, one after the other."""

    target: Target
    username: str
    calls: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)


class Written:
    """A session that writes down what is called."""

    def __init__(self, session: Session, visit: Visit) -> None:
        self._session, self._visit = session, visit

    def __getattr__(self, name: str) -> Callable[..., object]:
        call = getattr(self._session, name)

        def noted(*words: object, **more: object) -> object:
            self._visit.calls.append((name, (*words, *more.values())))
            return call(*words, **more)

        return noted


class WritingRunner:
    """The runner, with a new phase for everything that it is given."""

    def __init__(self, run: SiteRun) -> None:
        self._runner = run.runner
        self._transport = run.transport
        self.phases: list[list[Visit]] = []

    def run(self, targets: Sequence[Target], operation: Callable[[Target], T]) -> Mapping[DeviceName, Outcome[T]]:
        """As the runner's own."""
        self.phases.append([])
        return self._runner.run(targets, operation)

    @contextlib.contextmanager
    def connect(self, target: Target) -> Iterator[Session]:
        """As the transport's own."""
        with self._transport.connect(target) as session:
            visit = Visit(target=target, username=target.credentials[0].username)
            self.phases[-1].append(visit)
            yield Written(session, visit)  # type: ignore[misc]  # it has what the session has


def make_root(folder: Path) -> Path:
    """The example company with seven more switches on one floor."""
    for part in ("inventory", "templates", "playbooks"):
        shutil.copytree(example_root() / part, folder / part)
    file = folder / "inventory" / "sites" / f"{SITE}.yaml"
    more = "".join(f"  sw{n}: {{model: C9300-48P, serial: FOC2818{n:02}Q2, room: idf, role: access}}\n" for n in MORE)
    text = file.read_text(encoding="utf-8").replace("  wlc1:", f"{more}  wlc1:", 1)
    cables = "".join(f"  sw{n} uplink1: sw1 {20 + n}\n" for n in MORE[1:])  # the core has uplinks for three switches
    file.write_text(f"{text}cabling:\n{cables}", encoding="utf-8")
    return folder


@contextlib.contextmanager
def lab(settings: Settings) -> Iterator[SiteRun]:
    """The site factory-new, every device slow."""
    start_lab(settings, SITE)
    try:
        run = open_site_run(settings, SITE)
        for target in run.targets:
            ask_lab(settings, SITE, "fault", device=target.device.short, kind="slow", seconds=ANSWER)
        yield run
    finally:
        stop_lab(settings, SITE)


def ours(settings: Settings) -> tuple[float, list[list[Visit]]]:
    """The transaction, and the calls that it made."""
    with lab(settings) as run:
        plan = plan_network(run, inspect_site(run))
        writer = WritingRunner(run)
        ports = replace(push_ports(run), transport=writer, runner=writer)
        before = time.perf_counter()
        result = run_transaction(plan, run.targets, ports, verify=lambda _: (), run=run.id, pace=Pace(settle=0))
        took = time.perf_counter() - before
        if result.verdict is not Verdict.COMMITTED:
            raise SystemExit(f"the transaction ended {result.verdict}: {result.reason}")
        return took, writer.phases


def main() -> None:
    """Print the time, and what was done in it."""
    with tempfile.TemporaryDirectory(prefix="siteauto-bench-") as name:
        environment = {**os.environ, "SITEAUTO_STATE": f"{name}/state", "SITEAUTO_CACHE": f"{name}/no-servers"}
        root = make_root(Path(name) / "company")
        settings = read_settings(environment, start=root, root=root)
        write_locks(settings, plan_addresses(settings, SITE))
        took, phases = ours(settings)
        sessions = sum(map(len, phases))
        calls = sum(len(visit.calls) for phase in phases for visit in phase)
        print(f"one site, 12 devices, {ANSWER * 1000:.0f} ms per answer: {sessions} sessions, {calls} calls")
        print(f"siteauto's transaction                wall {took:7.1f} s")


if __name__ == "__main__":
    main()
