"""How `siteauto plan --base` writes its result."""

from pathlib import Path

import click

from siteauto.cli.progress import announce
from siteauto.core.change.offline_plan import OfflinePlan
from siteauto.core.errors import StoreError
from siteauto.reporters.formats import FORMATS
from siteauto.reporters.offline_plan import (
    TARGET,
    offline_plan_document,
    offline_plan_json,
    offline_plan_text,
)
from siteauto.reporters.plan_findings import plan_sarif
from siteauto.reporters.plan_markdown import offline_plan_markdown

OWN = {"text": offline_plan_text, "markdown": offline_plan_markdown, "json": offline_plan_json, "sarif": plan_sarif}


def show_offline_plan(plan: OfflinePlan, form: str, output: Path | None) -> int:
    """Write the result, the file first, and return the exit code. Raises StoreError where it cannot be written."""
    announce(TARGET, form)
    if output is not None:
        _write(output, offline_plan_json(plan) + "\n")
    click.echo(OWN[form](plan) if form in OWN else FORMATS[form](offline_plan_document(plan)))
    return plan.exit_code


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{file} could not be written",
            expected="a folder that exists and is writable",
            found=error.strerror or str(error),
        ) from error
