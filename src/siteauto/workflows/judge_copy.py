"""Whether a fetched configuration may take the place of the last good copy."""

from siteauto.core.completeness import Measure, find_defects, find_loss, find_shortfall, measure
from siteauto.core.platform_spec import BackupRules
from siteauto.core.stored_copy import CopyRecord
from siteauto.workflows.fetch_copy import Fetched


def find_reasons(rules: BackupRules, fetched: Fetched, last: CopyRecord | None, *, accepted: bool) -> tuple[str, ...]:
    """Why it may not; empty when it may. A person can accept what was lost, and nothing else."""
    reasons = (*find_defects(rules, fetched.text), *find_shortfall(rules, fetched.text), *fetched.trouble)
    if reasons or last is None or accepted:
        return reasons
    before = Measure(lines=last.lines, sections=last.sections, size=last.size)
    return find_loss(measure(rules, fetched.text), before)
