"""The file of an approved plan: written by `siteauto plan --output`, obeyed by `siteauto provision --plan`."""

import json
from pathlib import Path

from siteauto.adapters.whole_files import replace_file
from siteauto.core.change.plan import SCHEMA, Plan, plan_from_dict, plan_to_dict
from siteauto.core.errors import UsageError


def write_plan(file: Path, plan: Plan) -> None:
    """Write it whole. It holds no secret, but all that the site is. Raises StoreError."""
    replace_file(file, (json.dumps(plan_to_dict(plan), indent=1) + "\n").encode(), mode=0o600)


def read_plan(file: Path) -> Plan:
    """The plan in the file. Raises UsageError for anything else, and for one that was changed after it was made."""
    try:
        return plan_from_dict(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(f"{file} cannot be read", found=error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{file} is not a plan",
            expected=f"a file with the schema {SCHEMA}",
            next_step="Make one with: siteauto plan SITE --output plan.json",
        ) from error
