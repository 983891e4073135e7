"""Rendering the example site: load, validate, derive and render, as a whole command and inside one process.

The floor is Jinja2 alone on the same templates with the intents ready made.
"""

import os
import sys
import time
from pathlib import Path

from figures import measure, show

from siteauto.app.company import open_company, open_site
from siteauto.app.example import EXAMPLE_SITE, example_root
from siteauto.app.settings import read_settings
from siteauto.workflows.render import configured, render_site

ROUNDS = 20


def cpu_per_device(rounds: int, devices: int, work: "object") -> float:
    start = time.process_time()
    for _ in range(rounds):
        work()  # type: ignore[operator]
    return (time.process_time() - start) / rounds / devices * 1000


def main() -> None:
    root = example_root()
    settings = read_settings(os.environ, start=root, root=root)
    company = open_company(settings)
    view = open_site(company, EXAMPLE_SITE)
    devices = len(configured(view.intents, company.platforms))
    render_site(view.intents, company.platforms, company.renderer)  # compiles the templates

    def all_of_it() -> None:
        fresh = open_site(open_company(settings), EXAMPLE_SITE)
        render_site(fresh.intents, company.platforms, company.renderer)

    def jinja_only() -> None:
        render_site(view.intents, company.platforms, company.renderer)

    whole = cpu_per_device(ROUNDS, devices, all_of_it)
    floor = cpu_per_device(ROUNDS, devices, jinja_only)
    print(f"{'load, validate, derive, render':<44} cpu {whole:7.2f} ms a device   {whole / floor:5.2f} x Jinja2 alone")
    print(f"{'Jinja2 alone':<44} cpu {floor:7.2f} ms a device")
    siteauto = str(Path(sys.executable).with_name("siteauto"))
    show("siteauto render (whole command)", measure([siteauto, "render", EXAMPLE_SITE, "--root", str(root)]))


if __name__ == "__main__":
    main()
