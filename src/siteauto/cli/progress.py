"""What a verb says while it works and when it is done: target and progress on standard error, the result on output."""

from collections.abc import Iterable

import click

from siteauto.core.run import Event, worst_exit_code
from siteauto.reporters.document import Document
from siteauto.reporters.formats import FORMATS, as_text_without_target
from siteauto.reporters.progress import event_text, worth_telling
from siteauto.reporters.several import as_one


def announce(described_as: str, form: str) -> None:
    """Name the target before anything is contacted: in the first line of a text, beside every other format."""
    click.echo(f"target: {described_as}", err=form != "text")


def show(document: Document, form: str) -> int:
    """Write the result and return its exit code. The target has been announced."""
    click.echo(as_text_without_target(document) if form == "text" else FORMATS[form](document))
    return document.exit_code


def show_several(documents: Iterable[Document], form: str) -> int:
    """Write the results of several sites, a text as soon as there is one, and return the worst exit code.

    Where the documents end in an error, those before it are written all the same.
    """
    if form == "text":
        return worst_exit_code([show(document, form) for document in documents])
    kept: list[Document] = []
    try:
        for document in documents:
            kept.append(document)  # noqa: PERF402 - what came before an error is kept
    finally:
        click.echo(as_one(kept, form)) if kept else None
    return worst_exit_code(document.exit_code for document in kept)


def tell(event: Event) -> None:
    """One line of progress."""
    if worth_telling(event):
        click.echo(event_text(event), err=True)
