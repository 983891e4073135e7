"""A site of twelve devices that answer after 50 ms: a provision against its own calls, made bare.

siteauto looks at the factory-new site, changes and checks it, and every call of a driver is written down: to whom, in
which phase, what. Then the site is factory-new again, and plain NAPALM and Netmiko make the same calls, as many at once
and in the same phases, without a journal, a plan or a look at an answer. Both take turns, as often as the second
argument says (3), so that whatever else the machine does hits both; their medians are compared. At last many sites are
changed at once, as many as the first argument says (20; 0: none). CPU is the caller's; the lab is a process of its own.
"""

import contextlib
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from bigger_company import SITE, bigger_company
from napalm import get_network_driver
from napalm.base import NetworkDriver
from netmiko import BaseConnection, ConnectHandler

from siteauto.adapters.host_keys import pin_file
from siteauto.adapters.netmiko_transport import login_arguments
from siteauto.adapters.private_folder import PrivateFolder
from siteauto.app.addresses import plan_addresses, write_locks
from siteauto.app.company import open_company
from siteauto.app.labs import ask_lab, start_lab, stop_lab
from siteauto.app.rollout import new_rollout, roll_out
from siteauto.app.settings import Settings, read_settings
from siteauto.app.site_run import open_site_run
from siteauto.core.change.rollout import Limits
from siteauto.core.change.transaction import Pace, Verdict
from siteauto.core.models import DeviceName
from siteauto.core.ports import Session, Target
from siteauto.core.run import Outcome
from siteauto.workflows.inspection import inspect_site
from siteauto.workflows.provision import Terms, change_network, plan_network
from siteauto.workflows.site_run import SiteRun

T = TypeVar("T")
ANSWER = 0.05  # seconds before every answer of a device
AT_ONCE = 12
ENDS = r"[\w-]+ ?(?:\([^)\n]*\) ?)?[#>$] ?$|\[confirm\]\s*$|\]\?\s*$|\[no\]:?\s*$|\(y/n\)\s*$"


@dataclass(slots=True)
class Visit:
    """One session with a device: what was called, one after the other."""

    target: Target
    password: str = field(
        repr=False
    )  # the site's own: what is staged again holds its hash, and the next lab has another
    calls: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)


@dataclass(slots=True)
class Spent:
    """Seconds on the wall, and of this process's CPU. The lab is a process of its own."""

    wall: float = 0.0
    cpu: float = 0.0

    def __str__(self) -> str:
        return f"   wall {self.wall:7.1f} s   cpu {self.cpu:6.1f} s"


@contextlib.contextmanager
def spending() -> Iterator[Spent]:
    """What passes within."""
    spent, wall, cpu = Spent(), time.perf_counter(), time.process_time()
    yield spent
    spent.wall, spent.cpu = time.perf_counter() - wall, time.process_time() - cpu


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
        self._secrets = run.secrets
        self.phases: list[list[Visit]] = []

    def run(self, targets: Sequence[Target], operation: Callable[[Target], T]) -> Mapping[DeviceName, Outcome[T]]:
        """As the runner's own."""
        self.phases.append([])
        return self._runner.run(targets, operation)

    @contextlib.contextmanager
    def connect(self, target: Target) -> Iterator[Session]:
        """As the transport's own."""
        with self._transport.connect(target) as session:
            visit = Visit(target=target, password=self._secrets.resolve(target.credentials[0].password))
            self.phases[-1].append(visit)
            yield Written(session, visit)  # type: ignore[misc]  # it has what the session has


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


def ours(settings: Settings) -> tuple[Spent, list[list[Visit]]]:
    """A provision of the network: look, plan, change, check. And the calls that it made."""
    with lab(settings) as opened:
        writer = WritingRunner(opened)
        run = replace(opened, transport=writer, runner=writer)
        with spending() as spent:
            plan = plan_network(run, inspect_site(run))
            result = change_network(run, plan, lambda _: None, Terms(pace=Pace(settle=0)))
        if result.verdict is not Verdict.COMMITTED:
            raise SystemExit(f"the transaction ended {result.verdict}: {result.reason}")
        return spent, writer.phases


def bare(settings: Settings, phases: Sequence[Sequence[Visit]]) -> Spent:
    """The same calls by NAPALM and Netmiko alone, phase after phase."""
    with lab(settings) as run, tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        with spending() as spent:
            for phase in phases:
                by_device: dict[str, list[Visit]] = {}
                for visit in phase:
                    by_device.setdefault(visit.target.device.name, []).append(visit)
                list(pool.map(lambda visits: [repeat(run, one, Path(folder)) for one in visits], by_device.values()))
        return spent


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
                case _:
                    raise SystemExit(f"{name} of {visit.target.platform.name} cannot be made bare")
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
    password = visit.password if target.generation else run.secrets.resolve(login.password)
    with PrivateFolder() as folder:
        pins = {"alt_host_keys": True, "alt_key_file": str(pin_file(target, folder.path))}
        options = {**login_arguments(target), **pins}
        if target.platform.names.napalm is None or target.platform.transport != "napalm":
            kind = target.platform.names.netmiko
            with ConnectHandler(device_type=kind, **options, username=login.username, password=password) as device:
                yield device, None
            return
        options |= {"dest_file_system": "flash:", "auto_file_prompt": False}
        driver = get_network_driver(target.platform.names.napalm)(
            target.host, login.username, password, timeout=60, optional_args=options
        )
        driver.open()
        try:
            yield driver.device, driver
        finally:
            driver.close()


def in_turns(settings: Settings, rounds: int) -> None:
    """Print what both took in every round, and how their medians compare."""
    took: list[Spent] = []
    floors: list[Spent] = []
    for number in range(rounds):
        spent, phases = ours(settings)
        floor = bare(settings, phases)
        took.append(spent)
        floors.append(floor)
        if not number:
            calls = sum(len(visit.calls) for phase in phases for visit in phase)
            sessions = sum(map(len, phases))
            print(f"one site, {AT_ONCE} devices, {ANSWER * 1000:.0f} ms per answer: {sessions} sessions, {calls} calls")
        print(f"provision, network only{spent}   the same calls, bare{floor}", flush=True)
    ratio = median_wall(took) / median_wall(floors)
    print(f"medians of {rounds} rounds: siteauto takes {ratio:.2f} x the wall time of the bare calls", flush=True)


def median_wall(all_spent: Sequence[Spent]) -> float:
    """The wall time in the middle."""
    return statistics.median(one.wall for one in all_spent)


def many_sites(settings: Settings, count: int) -> None:
    """Sites of the company, each factory-new in a lab of its own, all at once in processes of their own.

    Ends the program where one did not end done.
    """
    names = open_company(settings).inventory.sites()[:count]
    for name in names:
        start_lab(settings, name)
    try:
        before, cpu = time.perf_counter(), os.times()
        limits = Limits(canary=0, batch=count)
        ended, _ = roll_out(settings, new_rollout(settings, names, limits), ["--settle=0"], lambda _: None)
        spent = os.times().children_user - cpu.children_user + os.times().children_system - cpu.children_system
        wall = time.perf_counter() - before
        told = f"wall {wall:.1f} s, cpu {spent / len(names):.1f} s a site, {len(ended.done)} of them done"
        print(f"{len(names)} sites at once, factory-new: {told}")
        if failed := [end for name, end in ended.ends.items() if name not in ended.done]:
            raise SystemExit("\n".join(f"{end.site}: exit code {end.exit_code}, see {end.log}" for end in failed))
    finally:
        for name in names:
            stop_lab(settings, name)


def main() -> None:
    """One site against its own calls, then many sites."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory(prefix="siteauto-bench-") as name:
        environment = {**os.environ, "SITEAUTO_STATE": f"{name}/state", "SITEAUTO_CACHE": f"{name}/no-servers"}
        root = bigger_company(Path(name) / "company")
        settings = read_settings(environment, start=root, root=root)
        write_locks(settings, plan_addresses(settings, None))
        if rounds:
            in_turns(settings, rounds)
        if count:
            many_sites(settings, count)


if __name__ == "__main__":
    main()
