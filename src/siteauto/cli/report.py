"""`siteauto report`: tell a pull request what its change would do."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siteauto.app.settings import Settings
from siteauto.cli.choices import backup_options, forge_options, revision_options
from siteauto.cli.options import flag, root_option, sites_argument

if TYPE_CHECKING:  # heavy, and --help must be quick
    from siteauto.app.forges import ForgeWish
    from siteauto.app.offline import BackupChoice

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
NUMBER = click.IntRange(min=1)
OF_PLAN = "A plan.json that `siteauto plan` wrote. Without it the plan is made here, from --base or --forge."
OF_LABEL = "Agree to that where the pull request has this label."
OF_NUMBER = "Which one. Default: that of the build, or the open one with this head."
OF_ARTIFACT = "Write the whole report into this folder."
OF_SCANNING = "Also give the findings to GitHub's code scanning; said and left out where the repository has none."


@click.command("report")
@sites_argument
@flag("--plan", "file", type=FILE, help=OF_PLAN)
@revision_options
@flag("--acknowledge-label", "label", default="", metavar="LABEL", help=OF_LABEL)
@forge_options
@flag("--pull-request", "number", type=NUMBER, default=None, metavar="NUMBER", help=OF_NUMBER)
@flag("--code-scanning", "scan", is_flag=True, help=OF_SCANNING)
@flag("--artifact", type=FOLDER, default=Path("siteauto-report"), help=OF_ARTIFACT)
@flag("--artifact-url", "page", default="", help="Where people find it. Default: the build's page.")
@backup_options
@root_option
def command(
    sites: tuple[str, ...],
    settings: Settings,
    *,
    file: Path | None,
    base: str | None,
    head: str,
    acknowledged: bool,
    label: str,
    wish: "ForgeWish | None",
    number: int | None,
    scan: bool,
    artifact: Path,
    page: str,
    choice: "BackupChoice",
) -> int:
    """Write the report of a change into files, and with --forge tell its pull request.

    Exit code 0: told, or nothing new to tell, or the token may only read (then it says what a trusted job must post).
    2: bad input, or a token that the forge does not know. 4: the forge does not answer. A token comes from
    SITEAUTO_FORGE_TOKEN, GITHUB_TOKEN or GITLAB_TOKEN. Without --base, the pull request says what it is based on.
    """
    from siteauto.app.forges import build_page, read_forge_facts
    from siteauto.app.offline import make_offline_plan
    from siteauto.app.report import find_base, read_plan
    from siteauto.cli.report_told import tell_files, tell_forge, tell_runner
    from siteauto.core.errors import UsageError

    if (file is not None and base) or not (file or base or wish):
        raise UsageError(
            "A report is of one plan", expected="one of --plan FILE, --base REF, and --forge with --head REF"
        )
    page = page or build_page(settings.environment)
    told = replace(wish, pull_request=number or 0, run_url=page) if wish is not None else None
    facts = read_forge_facts(told, settings.environment) if told is not None else None
    if file is not None:
        plan = read_plan(file)
    else:
        if facts is not None and not base:
            base = find_base(settings, facts, head)
        plan = make_offline_plan(
            settings, base=base or "", head=head, names=sites, choice=choice, acknowledged=acknowledged
        )
    tell_files(plan, artifact, settings.environment, page)
    if facts is None:
        return tell_runner(plan, settings.environment)
    return tell_forge(plan, facts, artifact, label=label, scan=scan)
