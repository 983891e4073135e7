"""What a verb says while it works and when it is done: target and progress on standard error, the result on output."""

import click

from siteauto.core.run import Event
from siteauto.reporters.document import Document
from siteauto.reporters.formats import FORMATS


def announce(described_as: str, form: str) -> None:
    """Name the target before anything is contacted. The text format says it again in its first line."""
    if form != "text":
        click.echo(f"target: {described_as}", err=True)


def show(document: Document, form: str) -> int:
    """Write the result and return its exit code."""
    click.echo(FORMATS[form](document))
    return document.exit_code


ACTS = frozenset({"stage", "arm", "confirm", "save", "undo", "wait"})  # what begins; how it ends is told as a state
QUIET = frozenset({"running", "skipped", "ok"})  # tasks of a playbook with nothing to tell


def tell(event: Event) -> None:
    """One line of progress."""
    if event.phase == "servers" and event.state in QUIET:
        return
    what = f"{event.phase} …" if event.phase in ACTS else event.state or event.phase
    words = [event.at[11:19], f"{event.device:<22}" if event.device else "", what, event.message]
    click.echo(" ".join(word for word in words if word), err=True)
