"""The audit of another tool's repository as a document."""

from collections.abc import Iterator

from siteauto.core.way_in.audit import Audit, AuditedFile, BadCopy, Leak
from siteauto.reporters.document import Document, Item
from siteauto.reporters.safe_text import visible

SHORT = 12  # characters of a commit


def audit_document(audit: Audit) -> Document:
    """One item per run of bad copies and per readable secret; one for a file in which all is well."""
    bad = [each for one in audit.files for each in one.bad]
    replaced = sum(each.replaced and not each.doubtful for each in bad)
    leaks = sum(len(one.leaks) for one in audit.files)
    unknown = sum(not one.platform for one in audit.files)
    judged = sum(one.copies for one in audit.files if one.platform)
    return Document(
        kind="audit",
        site=audit.repository,
        target=f"{audit.repository} (read only, no device is contacted)",
        at=audit.at,
        exit_code=audit.exit_code,
        items=tuple(item for one in audit.files for item in _items(one)),
        facts=(
            ("commits", str(audit.commits)),
            ("commits that were only noise", str(audit.noise)),
            ("copies judged", str(judged)),
            ("files of no known platform", str(unknown)),
        ),
        summary=f"audit: a good copy was replaced by a bad one {_times(replaced)}, bad copies otherwise "
        f"{_times(len(bad) - replaced)}, {leaks} readable secret{'' if leaks == 1 else 's'}",
    )


def _items(one: AuditedFile) -> Iterator[Item]:
    path = visible(one.path)
    if not one.platform:
        message = "no platform of siteauto looks like this: give the router.db, or name it with --platform"
        yield Item(device=path, name=_copies(one.copies), status="untested", message=message)
    elif not one.bad and not one.leaks:
        yield Item(device=path, name=_copies(one.copies), status="ok", message=one.platform)
    yield from (_bad(path, each) for each in one.bad)
    yield from (_leak(path, one, each) for each in one.leaks)


def _bad(path: str, bad: BadCopy) -> Item:
    what = "replaced a good copy" if bad.replaced else "no good copy before it"
    if bad.doubtful:
        end = "look whether somebody wanted that"
    elif bad.mended:
        end = f"whole again in {bad.mended[:SHORT]}, after {_copies(bad.copies)}"
    else:
        end = f"never whole since: the last copy is bad ({_copies(bad.copies)})"
    return Item(
        device=path,
        name=f"commit {bad.commit[:SHORT]} of {bad.at}",
        status="incomplete",
        message=visible(f"{what}: {'; '.join(bad.reasons)}; {end}"),
    )


def _leak(path: str, one: AuditedFile, leak: Leak) -> Item:
    last = "in the last one too" if leak.still else "not in the last one, but in the history"
    return Item(
        device=path,
        name=visible(f"line {leak.secret.line}: {leak.secret.place}"),
        status="fail",
        message=f"readable ({leak.secret.kind}) in {leak.copies} of {_copies(one.copies)} "
        f"since {leak.first[:SHORT]}, {last}",
    )


def _copies(count: int) -> str:
    return f"{count} cop{'y' if count == 1 else 'ies'}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
