"""The checks of a run, asked of its devices."""

from collections.abc import Sequence

from siteauto.core.checks import Check, CheckReport
from siteauto.core.ports import Target
from siteauto.workflows.site_run import SiteRun
from siteauto.workflows.verify import OnResult, Verifier, verify


def check_site(
    run: SiteRun,
    *,
    checks: Sequence[Check] | None = None,
    targets: Sequence[Target] | None = None,
    on_result: OnResult = lambda _: None,
) -> CheckReport:
    """Ask the checks of the run, or these, of its devices, or these. Raises UsageError when there is nothing to ask."""
    verifier = Verifier(
        transport=run.transport,
        parser=run.parser,
        runner=run.runner,
        book=run.book,
        intended={name: rendered.text for name, rendered in run.rendered.items()},
    )
    return verify(
        run.checks if checks is None else checks, run.targets if targets is None else targets, verifier, on_result
    )
