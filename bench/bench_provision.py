"""The whole provision of the example site on the lab, network only, and what is left of it on a second run.

The floor is the same site's four logins and running configurations by plain Netmiko, in one process with four threads.
CPU is that of the command and its children; the lab's own CPU is not in it.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import yaml
from figures import Figure, measure, show

from siteauto.app.example import EXAMPLE_SITE, example_root

FLOOR = """
import sys
from concurrent.futures import ThreadPoolExecutor
from netmiko import ConnectHandler

port, password, *devices = sys.argv[1:]

def fetch(device):
    kind, host = device.split("@")
    command = "show" if kind == "fortinet" else "show running-config"
    with ConnectHandler(device_type=kind, host=host, port=int(port), username="siteauto", password=password) as session:
        return len(session.send_command(command, read_timeout=60))

with ThreadPoolExecutor(4) as pool:
    print(sum(pool.map(fetch, devices)))
"""


def main() -> None:
    siteauto = str(Path(sys.executable).with_name("siteauto"))
    with tempfile.TemporaryDirectory(prefix="siteauto-bench-") as state:
        ours = {
            **os.environ,
            "SITEAUTO_STATE": state,
            "SITEAUTO_CACHE": f"{state}/no-servers",  # servers are untested: exit code 4 where all else is well
            "SITEAUTO_ROOT": str(example_root()),
        }

        def verb(*words: str, runs: int = 3, warm_up: int = 1) -> Figure:
            return measure([siteauto, *words], runs=runs, warm_up=warm_up, environment=ours, accepted=(0, 4))

        verb("lab", "up", EXAMPLE_SITE, runs=1, warm_up=0)
        try:
            show("provision, factory-new", verb("provision", EXAMPLE_SITE, "--yes", runs=1, warm_up=0))
            floor = measure([sys.executable, "-c", FLOOR, *_logins(Path(state))], runs=3)
            show("four running configurations, plain Netmiko", floor)
            for words in (["provision", EXAMPLE_SITE, "--yes"], ["verify", EXAMPLE_SITE], ["drift", EXAMPLE_SITE]):
                show(f"{words[0]}, nothing to do", verb(*words), against="plain Netmiko", floor=floor)
        finally:
            verb("lab", "down", EXAMPLE_SITE, runs=1, warm_up=0)


def _logins(state: Path) -> list[str]:
    """Arguments of the floor: port, password, and each device as type@address."""
    lab = json.loads((state / "lab" / EXAMPLE_SITE / "state.json").read_text(encoding="utf-8"))
    secrets = yaml.safe_load((state / "lab" / EXAMPLE_SITE / "secrets.yaml").read_text(encoding="utf-8"))
    kinds = {"fw1": "fortinet"}
    devices = [f"{kinds.get(name.rsplit('-', 1)[1], 'cisco_ios')}@{host}" for name, host in lab["addresses"].items()]
    return [str(lab["port"]), secrets[f"{EXAMPLE_SITE}/local_admin"], *devices]


if __name__ == "__main__":
    main()
