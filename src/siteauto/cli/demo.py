"""`siteauto demo`: the whole walk on simulated devices, by the same verbs that an operator types."""

import os
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siteauto.cli.options import site_default_option

if TYPE_CHECKING:
    from siteauto.app.demo import DemoScript

BEHIND_THE_BACK = "temporary, ask Bob"
NEXT = """
What to type next:
  {up:<62}the same site, for you to play with
  siteauto provision {site}
  {unplug:<62}pull a cable …
  {verify:<62}… and see which checks fail, and why
  siteauto lab down {site}
  {init:<62}a repository of your own
"""


class DemoFailed(Exception):  # noqa: N818 - it is an outcome, not an error of the program
    """A step did not end as a demonstration must."""


@click.command("demo")
@site_default_option
def command(site: str) -> int:
    """Provision a site of the example company on simulated devices, and show what siteauto does. Nothing is asked."""
    from siteauto.app.demo import write_script
    from siteauto.app.example import example_root
    from siteauto.app.settings import read_settings

    began = time.monotonic()
    with _own_state() as state:
        root = example_root()
        settings = read_settings(os.environ, start=root, root=root)
        script = write_script(settings, site, text=BEHIND_THE_BACK)
        try:
            _walk(site, root, script)
        except DemoFailed as failed:
            click.echo(f"\nThe demo stopped: {failed}", err=True)
            return 1
        finally:
            _verb("lab", "down", site, "--root", str(root), expected=(0,))
    click.echo(f"\nBackups of the demo: {state / 'lab' / site / 'backups'}")
    click.echo(f"The demo took {time.monotonic() - began:.0f} s.")
    click.echo(_next(site, script))
    return 0


def _next(site: str, script: "DemoScript") -> str:
    return NEXT.format(
        site=site,
        up=f"siteauto lab up {site}",
        unplug=f"siteauto lab unplug {site} {script.switch} {script.uplink}",
        verify=f"siteauto verify {site}",
        init="siteauto init my-network",
    )


def _walk(site: str, root: Path, script: "DemoScript") -> None:
    at = ("--root", str(root))
    _verb("lab", "down", site, *at, expected=(0,))  # what an interrupted demo left behind
    _verb("lab", "up", site, *at, expected=(0,))
    _title("A factory-new site becomes what its file says")
    untested = _verb("provision", site, "--yes", "--diff-lines", "20", "--settle", "0.5", *at, expected=(0, 4)) == 4
    _title("The same again: nothing to do")
    _verb("provision", site, "--yes", *at, expected=(4,) if untested else (0,))
    _title("Somebody changes a line behind siteauto's back")
    _verb("lab", "type", site, script.switch, *script.typed, *at, expected=(0,))
    _verb("drift", site, *at, expected=(5,))
    if untested:
        click.echo("\nThe server of the site was not tested (see above); exit code 4 says so, and the demo accepts it.")


def _verb(*words: str, expected: tuple[int, ...]) -> int:
    """Run one command line as if it were typed. Raises DemoFailed for an exit code that does not belong here."""
    from siteauto.cli.main import run

    shown = list(words[: words.index("--root")])
    click.echo(f"\n$ siteauto {shlex.join(shown)}")
    code = run(words)
    if code not in expected:
        raise DemoFailed(f"`siteauto {shlex.join(shown)}` ended with {code} and not {expected[0]}")
    return code


def _title(text: str) -> None:
    click.echo(f"\n── {text} {'─' * max(3, 100 - len(text))}")


@contextmanager
def _own_state() -> Iterator[Path]:
    """A state folder apart, so that the demo never meets a lab of yours."""
    from siteauto.app.settings import read_settings

    before = os.environ.get("SITEAUTO_STATE")
    state = read_settings(os.environ, start=Path.cwd(), root=Path.cwd()).state / "demo"
    os.environ["SITEAUTO_STATE"] = str(state)
    try:
        yield state
    finally:
        if before is None:
            del os.environ["SITEAUTO_STATE"]
        else:
            os.environ["SITEAUTO_STATE"] = before
