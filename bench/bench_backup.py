"""A night over many boxes: `siteauto backup --all` with all its checks against a plain Netmiko script, in one run.

Both send the same commands with 30 workers to the same simulated fleet. The script keeps what it gets; siteauto proves
it whole, redacts it, seals it and commits it. The floor is what Paramiko alone takes for these sessions: no prompt is
looked for, and nothing is looked at. Then: a fleet that takes half a second for each answer, nine sick boxes of thirty,
and the history of one box in a repository of 20,000 commits. The fleet runs on the same cores.

`python bench/bench_backup.py [COUNT] [LINES]` for another fleet than 1,000 boxes of 400 lines.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import yaml
from backup_fleet import PASSWORD, address, configuration
from figures import Figure, judge, measure, show

from siteauto.adapters.age_seal import new_pair
from siteauto.adapters.git_upkeep import GitUpkeep

SITEAUTO = str(Path(sys.executable).with_name("siteauto"))
NIGHT = [SITEAUTO, "backup", "--all", "--trust-new-host-keys", "--format", "json"]
PER_SITE = 50
WORKERS = 30
COMMON = f"""
import sys
from concurrent.futures import ThreadPoolExecutor

port, password, *hosts = sys.argv[1:]

def all_of(fetch):
    with ThreadPoolExecutor({WORKERS}) as pool:
        print(sum(pool.map(fetch, hosts)))
"""
PLAIN = f"""{COMMON}
from netmiko import ConnectHandler

def fetch(host):
    box = {{"device_type": "cisco_ios", "host": host, "port": int(port), "username": "backup", "password": password}}
    with ConnectHandler(**box) as session:
        return sum(len(session.send_command(one, read_timeout=120)) for one in ("show version", "show running-config"))

all_of(fetch)
"""
FLOOR = f"""{COMMON}
import socket
import paramiko

def fetch(host):
    connection = socket.create_connection((host, int(port)))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with paramiko.Transport(connection) as transport:
        transport.connect(username="backup", password=password)
        channel = transport.open_session()
        channel.get_pty(width=511)
        channel.invoke_shell()
        answer = read(channel)
        for command in ("terminal width 511", "terminal length 0", "show version", "show running-config"):
            channel.sendall(f"{{command}}\\n".encode())
            answer = read(channel)
        return len(answer)

def read(channel):
    answer = b""
    while not answer.endswith(b"#"):
        answer += channel.recv(65536)
    return answer

all_of(fetch)
"""


@contextmanager
def fleet(count: int, lines: int, seconds: float = 0.0, sick: int = 0) -> Iterator[int]:
    """A simulated fleet; its port."""
    script = [sys.executable, str(Path(__file__).with_name("backup_fleet.py"))]
    script += [str(count), str(lines), str(seconds), str(sick)]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else 0)
        finally:
            process.kill()


def site(number: int) -> str:
    """Where a box is: 50 are at a site."""
    place = number // PER_SITE
    return f"us-nyc-f{ascii_lowercase[place % 26]}x{place % 90 + 1:02d}"


def make_company(siteauto: str, folder: Path, count: int, port: int) -> None:
    """The example company with these boxes, 50 at a site, instead of its own sites."""
    subprocess.run([siteauto, "init", str(folder)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for file in (*(folder / "inventory/sites").iterdir(), *(folder / "inventory/locks").iterdir()):
        file.unlink()
    for first in range(0, count, PER_SITE):
        name = site(first)
        boxes = {
            f"b{number}": {
                "platform": "cisco_ios",
                "address": address(number),
                "port": port,
                "login": {"username": "backup", "password": "secret://fleet"},
            }
            for number in range(first, min(count, first + PER_SITE))
        }
        document = yaml.safe_dump({"site": name, "backup_only": boxes})
        (folder / f"inventory/sites/{name}.yaml").write_text(document, encoding="utf-8")
    policy = {"version": "1", "recipients": [new_pair().recipient], "at_once": WORKERS, "per_site": WORKERS}
    (folder / "backup.yaml").write_text(yaml.safe_dump(policy), encoding="utf-8")


@contextmanager
def company(count: int, lines: int, seconds: float = 0.0, sick: int = 0) -> Iterator[tuple[dict[str, str], list[str]]]:
    """A fleet and the company that owns it: the environment of its siteauto, and the arguments of a script."""
    with (
        tempfile.TemporaryDirectory(prefix="siteauto-bench-") as name,
        fleet(count, lines, seconds, sick) as port,
    ):
        make_company(SITEAUTO, Path(name) / "company", count, port)
        environment = {key: value for key, value in os.environ.items() if not key.startswith("SITEAUTO_")}
        environment |= {
            "SITEAUTO_ROOT": f"{name}/company",
            "SITEAUTO_SECRET_FLEET": PASSWORD,
            "SITEAUTO_STATE": f"{name}/state",
            "SITEAUTO_TARGET": "live",
        }
        yield environment, [str(port), PASSWORD, *(address(number) for number in range(count))]


def once(command: Sequence[str], environment: dict[str, str] | None = None) -> Figure:
    return measure(command, runs=1, warm_up=0, environment=environment)


def nights(count: int, lines: int) -> None:
    """The first night stores everything, the second one nothing."""
    with company(count, lines) as (environment, arguments):
        plain = once([sys.executable, "-c", PLAIN, *arguments])
        show(f"plain Netmiko, {count} boxes of {lines} lines", plain)
        floor = once([sys.executable, "-c", FLOOR, *arguments])
        show("floor: Paramiko alone", floor, against="plain Netmiko", floor=plain)
        for night in ("first night", "unchanged night"):
            found = once(NIGHT, environment)
            show(f"siteauto backup --all, {night}", found, against="plain Netmiko", floor=plain)
            judge("wall against plain Netmiko", found.wall / plain.wall, 0.5)
            judge("CPU a box", 1000 * found.cpu / count, 10, " ms")
            judge("memory", found.peak, 250, " MB")


def slow_answers(count: int = 300, seconds: float = 0.5) -> None:
    """Where the boxes take their time, nobody can be quicker than they are."""
    with company(count, 400, seconds) as (environment, arguments):
        plain = once([sys.executable, "-c", PLAIN, *arguments])
        show(f"plain Netmiko, {count} boxes, {seconds:g} s an answer", plain)
        found = once(NIGHT, environment)
        show("siteauto backup --all", found, against="plain Netmiko", floor=plain)
        judge("wall against plain Netmiko", found.wall / plain.wall, 1.0)


def sick_boxes(count: int = 30, sick: int = 9) -> None:
    """When the healthy ones are committed, where none is sick and where some are."""
    took = []
    for ill in (0, sick):
        with company(count, 400, sick=ill) as (environment, _), subprocess.Popen(NIGHT, **quiet(environment)) as night:
            began, stored = time.perf_counter(), Path(f"{environment['SITEAUTO_ROOT']}-backups") / "config"
            while len(list(stored.glob("*/*.cfg"))) < count - ill and night.poll() is None:
                time.sleep(0.02)
            took.append(time.perf_counter() - began)
            night.kill()
    print(f"{count} boxes, committed after {took[0]:.1f} s; the healthy ones where {sick} are sick: {took[1]:.1f} s")
    judge("the healthy ones' delay", took[1] - took[0], 2.0, " s")


def history(commits: int = 20_000, boxes: int = 1_000) -> None:
    """`siteauto history` of one box, beyond what it takes where there are two commits."""
    took = []
    for size in (2, commits):
        with tempfile.TemporaryDirectory(prefix="siteauto-bench-") as name:
            make_history(Path(name), size, boxes)
            took.append(measure([SITEAUTO, "history", f"{site(0)}-b1", "--backups", name]))
            show(f"siteauto history, {size:,} commits", took[-1])
    judge("beyond start-up", took[1].cpu - took[0].cpu, 0.1, " s")


def make_history(folder: Path, commits: int, boxes: int) -> None:
    """A repository as years of nights leave it: packed, and with the index that `siteauto backup` keeps."""
    repository = folder / "config"
    git = ["git", "-C", str(repository)]
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(repository)], check=True)
    with subprocess.Popen([*git, "fast-import", "--quiet"], stdin=subprocess.PIPE) as importing:
        assert importing.stdin is not None
        for number in range(commits):
            path = f"{site(number % boxes)}/{site(number % boxes)}-b{number % boxes}"
            text = configuration(f"sw{number}", 40).encode()
            importing.stdin.write(f"commit refs/heads/main\ncommitter s <s> {10**9 + number} +0000\n".encode())
            importing.stdin.write(b"data 7\nBack up\n")
            for ending in (".cfg", ".cfg.age", ".json"):
                importing.stdin.write(f"M 100644 inline {path}{ending}\ndata {len(text)}\n".encode() + text + b"\n")
    GitUpkeep(folder).maintain()


def quiet(environment: dict[str, str]) -> dict[str, Any]:
    return {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    count, lines = given + [1000, 400][len(given) :]
    nights(count, lines)
    slow_answers()
    sick_boxes()
    history()


if __name__ == "__main__":
    main()
