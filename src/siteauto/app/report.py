"""Wire `siteauto report`: a plan, its artifact, the summary of a build's job, and the pull request."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from siteauto.adapters.git_revisions import GitRevisions
from siteauto.adapters.whole_files import replace_file
from siteauto.app.forges import ForgeFacts, open_forge
from siteauto.app.settings import Settings
from siteauto.core.change.offline_plan import OfflinePlan
from siteauto.core.change.read_offline_plan import read_offline_plan
from siteauto.core.errors import StoreError, UsageError
from siteauto.core.forge import GITHUB_COMMENT, GITLAB_COMMENT, JOB_SUMMARY
from siteauto.core.forge.sticky import MARKER_LENGTH
from siteauto.core.ports import Forge
from siteauto.reporters.offline_plan import offline_plan_json
from siteauto.reporters.plan_findings import plan_annotations, plan_code_quality, plan_sarif
from siteauto.reporters.plan_markdown import offline_plan_markdown, plan_comment
from siteauto.reporters.safe_text import visible
from siteauto.workflows.post_report import Posted, Report, find_pull_request, post_report

SUMMARY = "GITHUB_STEP_SUMMARY"


def read_plan(file: Path) -> OfflinePlan:
    """A plan from its file. Raises UsageError for anything else."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read", expected="a plan.json", found=str(error)) from error
    return read_offline_plan(text, str(file))


def find_base(settings: Settings, facts: ForgeFacts, head: str) -> str:
    """Where the pull request of this head left the branch that it goes into. Raises UsageError, ForgeError."""
    revisions = GitRevisions(settings.root, ())
    commit = revisions.find(head).commit
    pull = find_pull_request(open_forge(facts), commit, facts.pull_request)
    return revisions.fork_point(f"origin/{pull.base_branch}", commit)


def write_artifact(plan: OfflinePlan, folder: Path, url: str) -> tuple[Path, ...]:
    """Everything that a plan says, in files: whole, and as forges take it. Raises StoreError."""
    texts = {
        "plan.json": offline_plan_json(plan) + "\n",
        "plan.md": offline_plan_markdown(plan),
        "plan.sarif": plan_sarif(plan) + "\n",
        "code-quality.json": plan_code_quality(plan) + "\n",
        "comment-github.md": plan_comment(plan, GITHUB_COMMENT, url),
        "comment-gitlab.md": plan_comment(plan, GITLAB_COMMENT, url),
        **{
            f"devices/{one.device}.diff": "".join(f"# {hunk.label}\n{visible(hunk.text)}" for hunk in one.hunks)
            for one in plan.devices
            if one.hunks
        },
    }
    for old in (folder / "devices").glob("*.diff"):  # of an earlier run: it may have had other devices
        old.unlink(missing_ok=True)
    for name, text in texts.items():
        replace_file(folder / name, text.encode(), durable=False)
    return tuple(folder / name for name in texts)


def write_summary(plan: OfflinePlan, environment: Mapping[str, str], url: str) -> str:
    """Add the plan to the summary of the job; return its file, empty where there is none."""
    name = environment.get(SUMMARY, "")
    if not name:
        return ""
    file = Path(name)
    taken = file.stat().st_size if file.exists() else 0
    budget = JOB_SUMMARY.less(taken)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), "w", encoding="utf-8") as stream:
            stream.write(plan_comment(plan, budget, url))
    except OSError as error:
        raise StoreError(f"{file} could not be written", found=error.strerror or str(error)) from error
    return name


def post_plan(
    plan: OfflinePlan, facts: ForgeFacts, forge: Forge | None = None, *, label: str = "", scan: bool = False
) -> Posted:
    """Tell the pull request, and code scanning with `scan`; its collisions are acknowledged by this label of it.

    Raises ForgeError, UsageError.
    """
    forge = forge or open_forge(facts)
    pull = find_pull_request(forge, plan.head.commit, facts.pull_request)
    if label and label in pull.labels:
        plan = replace(plan, acknowledged=True)
    report = Report(
        plan=plan,
        body=plan_comment(plan, forge.budget.less(MARKER_LENGTH), facts.run_url),
        annotations=plan_annotations(plan),
        sarif=plan_sarif(plan) if scan else "",
        run=facts.run,
        url=facts.run_url,
    )
    return post_report(forge, pull, report)
