"""A site of twelve devices that answer after 50 ms: the transaction against its own calls, made bare.

First siteauto changes the factory-new site, and every call of a driver is written down: to whom, in which phase, what.
Then the site is factory-new again, and plain NAPALM and Netmiko make the same calls, as many at once and in the same
phases, without a journal, a plan or a look at an answer. At last many sites are planned and changed at once.
"""

import contextlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from napalm import get_network_driver
from napalm.base import NetworkDriver
from netmiko import BaseConnection, ConnectHandler

from siteauto.adapters.host_keys import pin_file
from siteauto.adapters.netmiko_transport import login_arguments, optional_arguments
from siteauto.app.addresses import plan_addresses, write_locks
from siteauto.app.company import open_company
from siteauto.app.example import example_root
from siteauto.app.labs import ask_lab, start_lab, stop_lab
from siteauto.app.rollout import new_rollout, roll_out
from siteauto.app.settings import Settings, read_settings
from siteauto.app.site_run import open_site_run
from siteauto.core.change.rollout import Limits
from siteauto.core.change.transaction import Pace, Verdict
from siteauto.core.models import DeviceName, SecretRef
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
AT_ONCE = 12
ENDS = r"[\w-]+ ?(?:\([^)\n]*\) ?)?[#>$] ?$|\[confirm\]\s*$|\]\?\s*$|\[no\]:?\s*$|\(y/n\)\s*$"


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


def bare(settings: Settings, phases: Sequence[Sequence[Visit]]) -> float:
    """The same calls by NAPALM and Netmiko alone, phase after phase."""
    with lab(settings) as run, tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        before = time.perf_counter()
        for phase in phases:
            by_device: dict[str, list[Visit]] = {}
            for visit in phase:
                by_device.setdefault(visit.target.device.name, []).append(visit)
            list(pool.map(lambda visits: [repeat(run, one, Path(folder)) for one in visits], by_device.values()))
        return time.perf_counter() - before


def repeat(run: SiteRun, visit: Visit, folder: Path) -> Visit:
    """One session again."""
    with bare_connection(run, visit) as (device, driver):
        for name, words in visit.calls:
            match name:
                case "run":
                    said = str(device.send_command(str(words[0]), expect_string=ENDS, read_timeout=120))
                    ask(device, said, words[1] if len(words) > 1 else ())  # type: ignore[arg-type]  # of `run`
                case "fetch":
                    rules = visit.target.platform.backup
                    command = {"running": rules.running, "startup": rules.startup}[str(words[0])]
                    if command:
                        device.send_command(command, read_timeout=120)
                case "configure":
                    lines = [str(line) for line in words[0]]  # type: ignore[attr-defined]  # of `configure`
                    device.send_config_set(
                        lines,
                        cmd_verify=False,  # it does not know the prompt within a value of several lines
                        read_timeout=300,
                        exit_config_mode=False,
                        enter_config_mode=False,
                    )
                case "stage" if driver is not None:
                    text, mode, file = words
                    own = folder / visit.target.device.name
                    own.mkdir(exist_ok=True)
                    (own / str(file)).write_text(str(text), encoding="utf-8")
                    driver.candidate_cfg = driver.merge_cfg = file
                    load = driver.load_replace_candidate if mode == "replace" else driver.load_merge_candidate
                    load(filename=str(own / str(file)))
                    driver.compare_config()
    return visit


def ask(device: BaseConnection, said: str, answers: Sequence[tuple[str, str]]) -> None:
    """Answer what it asks."""
    while reply := [(pattern, text) for pattern, text in answers if re.search(pattern, said.rsplit("\n", 1)[-1])]:
        said = str(device.send_command(reply[0][1], expect_string=ENDS, read_timeout=120))


@contextlib.contextmanager
def bare_connection(run: SiteRun, visit: Visit) -> Iterator[tuple[BaseConnection, NetworkDriver | None]]:
    """A plain login: the bootstrap's on the factory-new box, the site's own afterwards."""
    here = next(one for one in run.targets if one.device.name == visit.target.device.name)
    target = replace(here, generation=visit.target.generation)  # another lab: its ports and host keys are new
    login = target.credentials[0 if target.generation else 1]
    password = run.secrets.resolve(SecretRef(name=login.password.name))
    with tempfile.TemporaryDirectory() as folder:
        pins = pin_file(target, Path(folder))
        if target.platform.names.napalm is None or target.platform.transport != "napalm":
            arguments = login_arguments(target, pins)
            kind = target.platform.names.netmiko
            with ConnectHandler(device_type=kind, **arguments, username=login.username, password=password) as device:
                yield device, None
            return
        options = {**optional_arguments(target, pins), "dest_file_system": "flash:", "auto_file_prompt": False}
        driver = get_network_driver(target.platform.names.napalm)(
            target.host, login.username, password, timeout=60, optional_args=options
        )
        driver.open()
        try:
            yield driver.device, driver
        finally:
            driver.close()


def many_sites(settings: Settings, count: int) -> None:
    """Sites of the example company, each factory-new in a lab of its own, all at once in processes of their own."""
    names = open_company(settings).inventory.sites()[:count]
    for name in names:
        start_lab(settings, name)
    try:
        before, cpu = time.perf_counter(), os.times()
        limits = Limits(canary=0, batch=count)
        ended, _ = roll_out(settings, new_rollout(settings, names, limits), ["--settle=0"], lambda _: None)
        spent = os.times().children_user - cpu.children_user + os.times().children_system - cpu.children_system
        wall = time.perf_counter() - before
        print(f"{len(names)} sites at once, factory-new: wall {wall:.1f} s, cpu {spent:.1f} s, {len(ended.done)} done")
    finally:
        for name in names:
            stop_lab(settings, name)


def main() -> None:
    """Print both times and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory(prefix="siteauto-bench-") as name:
        folder = Path(name)
        environment = {**os.environ, "SITEAUTO_STATE": f"{name}/state", "SITEAUTO_CACHE": f"{name}/no-servers"}
        root = make_root(folder / "company")
        settings = read_settings(environment, start=root, root=root)
        write_locks(settings, plan_addresses(settings, SITE))
        took, phases = ours(settings)
        sessions = sum(map(len, phases))
        calls = sum(len(visit.calls) for phase in phases for visit in phase)
        print(f"one site, {AT_ONCE} devices, {ANSWER * 1000:.0f} ms per answer: {sessions} sessions, {calls} calls")
        print(f"siteauto's transaction                wall {took:7.1f} s")
        floor = bare(settings, phases)
        print(f"the same calls, bare                  wall {floor:7.1f} s   siteauto takes {took / floor:.2f} x")
        if count:
            many_sites(settings, count)


if __name__ == "__main__":
    main()
