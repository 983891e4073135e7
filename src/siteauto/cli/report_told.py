"""How `siteauto report` says what became of a report."""

from collections.abc import Mapping
from pathlib import Path

import click

from siteauto.app.forges import ForgeFacts
from siteauto.app.report import post_plan, write_artifact, write_summary
from siteauto.core.change.offline_plan import OfflinePlan
from siteauto.reporters.plan_findings import workflow_commands


def tell_files(plan: OfflinePlan, artifact: Path, environment: Mapping[str, str], page: str) -> None:
    """Write the whole into files, and into the summary of a build's job. Raises StoreError."""
    click.echo(f"{artifact}: {len(write_artifact(plan, artifact, page))} files")
    if summary := write_summary(plan, environment, page):
        click.echo(f"summary of the job: {summary}")


def tell_forge(plan: OfflinePlan, facts: ForgeFacts, artifact: Path, *, label: str, scan: bool) -> int:
    """Post it, and say what was posted; where the token may only read, what somebody else must post."""
    posted = post_plan(plan, facts, label=label, scan=scan)
    click.echo(f"{facts.kind} {facts.repository}, pull request {posted.number}")
    for line in posted.said:
        click.echo(f"  {line}")
    if posted.refused:
        what = (
            "the rest is not posted, since this token may not"
            if posted.said
            else "not posted: this token may only read"
        )
        click.echo(
            f"  {what}: {posted.refused}\n"
            f"  A trusted job must post it: siteauto report --forge {facts.kind} --pull-request {posted.number} "
            f"--plan {artifact / 'plan.json'}",
        )
    return 0


def tell_runner(plan: OfflinePlan, environment: Mapping[str, str]) -> int:
    """Without a forge: a GitHub runner takes annotations from what is printed."""
    if environment.get("GITHUB_ACTIONS") == "true":
        click.echo(workflow_commands(plan), nl=False)
    return 0
