"""A night over many boxes: `siteauto backup --all` with all its checks against a plain Netmiko script, in one run.

Both send the same commands with 30 workers to the same simulated fleet. The script keeps what it gets; siteauto proves
it whole, redacts it, seals it and commits it. `python bench/bench_backup.py [COUNT] [LINES] [SECONDS OF AN ANSWER]`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from backup_fleet import PASSWORD, address
from figures import measure, show

from siteauto.adapters.age_seal import new_pair

PER_SITE = 50
PLAIN = """
import sys
from concurrent.futures import ThreadPoolExecutor
from netmiko import ConnectHandler

port, password, *hosts = sys.argv[1:]

def fetch(host):
    box = {"device_type": "cisco_ios", "host": host, "port": int(port), "username": "backup", "password": password}
    with ConnectHandler(**box) as session:
        return [session.send_command(one, read_timeout=120) for one in ("show version", "show running-config")]

with ThreadPoolExecutor(30) as pool:
    print(sum(len(answers[1]) for answers in pool.map(fetch, hosts)))
"""


@contextmanager
def fleet(count: int, lines: int, seconds: float) -> Iterator[int]:
    script = [sys.executable, str(Path(__file__).with_name("backup_fleet.py")), str(count), str(lines), str(seconds)]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else 0)
        finally:
            process.kill()


def make_company(siteauto: str, folder: Path, count: int, port: int) -> None:
    """The example company with these boxes, 50 at a site, instead of its own sites."""
    subprocess.run([siteauto, "init", str(folder)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for file in (*(folder / "inventory/sites").iterdir(), *(folder / "inventory/locks").iterdir()):
        file.unlink()
    for first in range(0, count, PER_SITE):
        name = f"us-nyc-f{'abcdefghijklmnopqrstuvwxyz'[first // PER_SITE % 26]}x{first // PER_SITE % 90 + 1:02d}"
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
    policy = {"version": "1", "recipients": [new_pair().recipient], "per_site": 30}
    (folder / "backup.yaml").write_text(yaml.safe_dump(policy), encoding="utf-8")


def main() -> None:
    given = [float(word) for word in sys.argv[1:]]
    count, lines, seconds = given + [1000.0, 400.0, 0.0][len(given) :]
    siteauto = str(Path(sys.executable).with_name("siteauto"))
    with tempfile.TemporaryDirectory(prefix="siteauto-bench-") as name, fleet(int(count), int(lines), seconds) as port:
        folder = Path(name) / "company"
        make_company(siteauto, folder, int(count), port)
        ours = {
            **{key: value for key, value in os.environ.items() if not key.startswith("SITEAUTO_")},
            "SITEAUTO_ROOT": str(folder),
            "SITEAUTO_SECRET_FLEET": PASSWORD,
            "SITEAUTO_STATE": f"{name}/state",
            "SITEAUTO_TARGET": "live",
        }
        hosts = [address(number) for number in range(int(count))]
        plain = measure([sys.executable, "-c", PLAIN, str(port), PASSWORD, *hosts], runs=1, warm_up=0)
        show(f"plain Netmiko, {count:g} boxes of {lines:g} lines", plain)
        for night in ("first night", "unchanged night"):
            verb = [siteauto, "backup", "--all", "--trust-new-host-keys", "--format", "json"]
            found = measure(verb, runs=1, warm_up=0, environment=ours)
            show(f"siteauto backup --all, {night}", found, against="plain Netmiko", floor=plain)
            print(f"  {1000 * found.cpu / count:.1f} ms CPU a box, wall {found.wall / plain.wall:.2f} x plain Netmiko")


if __name__ == "__main__":
    main()
