"""A whole company: 50 sites with 500 devices, and what ten times as many cost.

Load, validate, derive and render everything anew; then the same from the cache, when nothing has changed. The floor is
plain Jinja2 (no sandbox) on the same templates with the intents ready made. Each figure is from a process of its own;
CPU seconds are of one core. Only devices that get a configuration are counted.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from figures import measure, show
from fleet import make_fleet
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from siteauto.adapters.jinja_renderer import number_ranges, quoted
from siteauto.adapters.yaml_inventory.inventory import YamlInventory
from siteauto.app.company import open_company
from siteauto.app.example import example_root
from siteauto.app.fleet import INTENDED, look_at_all, render_all
from siteauto.app.settings import read_settings
from siteauto.core.intent.build import build_intents
from siteauto.platforms import load_platforms
from siteauto.workflows.render import configured

SIZES = (10, 50, 150, 500)  # sites
HEADLINE = 50
PEER_MS = (71, 723)  # pyavd, CPU a device, 500 devices in 50 fabrics or in one


def anew(root: Path) -> dict[str, Any]:
    """Everything, without a cache."""
    company = open_company(read_settings({"HOME": "/nowhere", "SITEAUTO_NO_CACHE": "1"}, start=root, root=root))
    start = time.process_time()
    look = look_at_all(company)
    validated = time.process_time() - start
    devices = characters = 0
    for _, texts in render_all(company, look, INTENDED):
        devices += len(texts)
        characters += sum(len(each.text) for each in texts.values())
    total = time.process_time() - start
    return {"devices": devices, "characters": characters, "validate": validated, "total": total, "rss_mb": _peak()}


def plain_jinja(root: Path) -> dict[str, Any]:
    """The templates alone."""
    platforms = load_platforms()
    inventory = YamlInventory(root / "inventory", platforms)
    environment = Environment(
        loader=FileSystemLoader(root / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= {"number_ranges": number_ranges, "quoted": quoted}
    sites = [each.site for each in inventory.look().sites.values() if each.site]
    pairs = [pair for site in sites for pair in configured(build_intents(site, platforms), platforms)]
    start = time.process_time()
    for intent, spec in pairs:
        environment.get_template(f"{spec.name}/{intent.device.role}.j2").render(intent=intent)
    return {"devices": len(pairs), "total": time.process_time() - start}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def child(what: str, root: Path) -> dict[str, Any]:
    """Run one measurement in a process of its own."""
    done = subprocess.run([sys.executable, __file__, what, str(root)], check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def prepare(folder: Path, sites: int) -> Path:
    """A company of so many sites, with its addresses pinned."""
    root = make_fleet(folder / str(sites), example_root(), sites)
    inventory = YamlInventory(root / "inventory", load_platforms())
    for change in inventory.plan_all_addresses():
        inventory.write_lock(change.new)
    return root


def report(root: Path, sites: int) -> None:
    """One size."""
    found = child("anew", root)
    each = 1000 / found["devices"]
    print(
        f"{sites:>4} sites {found['devices']:>5} devices anew {found['total'] * each:6.2f} ms a device "
        f"(validate {found['validate'] * each:5.2f}), {found['total']:6.2f} s CPU, {found['rss_mb']:5.0f} MB, "
        f"{found['characters'] / found['devices'] / 1024:.0f} KB a configuration"
    )
    if sites == HEADLINE:
        floor = child("plain", root)
        ratio = found["total"] / found["devices"] / (floor["total"] / floor["devices"])
        print(f"{'':>10} plain Jinja2 alone {floor['total'] * each:6.2f} ms a device: the whole is {ratio:.2f} x that")
        print(f"{'':>10} pyavd, the peer: {PEER_MS[0]} to {PEER_MS[1]} ms a device")


def from_cache(root: Path, folder: Path) -> None:
    """The whole command again, when nothing has changed."""
    siteauto = str(Path(sys.executable).with_name("siteauto"))
    environment = {**os.environ, "SITEAUTO_STATE": str(folder / "state"), "SITEAUTO_NO_CACHE": ""}
    imports = "import siteauto.cli.render, siteauto.app.fleet; siteauto.app.company.load_platforms()"
    start = measure([sys.executable, "-c", imports], environment=environment)
    show("start-up: imports and platform files", start)
    for words in (["validate"], ["render", "--all", "--output", str(folder / "out")]):
        command = [siteauto, *words, "--root", str(root)]
        name = " ".join(words[:2]).replace(" --all", " --all --output DIR")
        whole = measure(command, environment=environment)
        show(f"siteauto {name}, unchanged", whole)
        print(f"{'':<44}     {whole.cpu - start.cpu:7.3f} s beyond start-up")
        anew = measure([*command, "--no-cache"], environment=environment, runs=1)
        show(f"siteauto {name} --no-cache", anew)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for sites in SIZES:
            root = prepare(folder, sites)
            report(root, sites)
            if sites == HEADLINE:
                from_cache(root, folder)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps({"anew": anew, "plain": plain_jinja}[sys.argv[1]](Path(sys.argv[2]))))
    else:
        main()
