"""How a provision ended, in words for a terminal: what is wrong in full, what is right in one line."""

from collections.abc import Iterator

from siteauto.core.change.outcome import Provisioned, TransactionResult
from siteauto.core.change.transaction import State, Verdict
from siteauto.core.models import SiteName
from siteauto.core.ports import PlaybookResult
from siteauto.reporters.checks import checks_document
from siteauto.reporters.formats import as_text_without_target
from siteauto.reporters.servers import server_items


def ended_text(site: SiteName, ended: Provisioned) -> str:
    """The whole end of a run."""
    lines = list(_network(site, ended.transaction))
    if ended.servers is not None:
        lines += _servers(ended.servers)
    if ended.checks is not None:
        lines.append(as_text_without_target(checks_document(ended.checks, site=site, target="", at="")))
    if ended.backup is not None:
        lines.append(f"backup: {ended.backup.folder} commit {ended.backup.commit[:12]}")
        lines += [f"  ✗ {one.device}: {one.status}: {one.reason}" for one in ended.backup.devices if one.reason]
    lines += [f"✗ not done: {error}" for error in ended.errors]
    if ended.interrupted or (ended.transaction.interrupted and ended.transaction.verdict is Verdict.COMMITTED):
        lines.append("interrupted after the network was changed: run it again for what is missing above")
    return "\n".join(lines)


def resumed_text(site: str, ended: TransactionResult) -> str:
    """The end of a run that was resumed or aborted, and what is left to do."""
    lines = list(_network(SiteName(site), ended))
    if ended.verdict is Verdict.COMMITTED:
        lines.append(f"next: siteauto provision {site}   (servers, checks and backup; the network is done)")
    return "\n".join(lines)


def _network(site: SiteName, result: TransactionResult) -> Iterator[str]:
    count = len(result.devices)
    if result.verdict is Verdict.COMMITTED:
        devices = f"{count} device{'s' if count > 1 else ''}"
        yield f"network: {devices} changed and saved" if count else "network: no changes"
    elif result.verdict is Verdict.ABORTED:
        undone = any(device.state is State.REVERTED for device in result.devices)
        proof = "every changed device was read again and is as it was before" if undone else "nothing was live yet"
        yield f"network: nothing has changed at {site}: {proof}"
    else:
        yield f"network: {site} is left MIXED and needs a person"
    if result.interrupted and result.verdict is not Verdict.COMMITTED:
        yield "  why: it was interrupted"
    if result.reason is not None:
        yield f"  why: {result.reason}"
    for device in result.devices:
        if device.error is not None and str(device.error) != str(result.reason):
            yield f"  ✗ {device.device} ({device.state}): {device.error}"
        elif result.verdict is Verdict.MIXED:
            yield f"  – {device.device}: {device.state}"
        if device.leftover:
            yield f"  – {device.device}: a file of ours could not be removed: {device.leftover}"
    if result.journal_error is not None:
        yield f"  ✗ the journal of this run is not complete: {result.journal_error}"


def _servers(result: PlaybookResult) -> Iterator[str]:
    if result.status == "untested":
        yield f"servers: untested, because {result.reason}"
        return
    yield f"servers: {result.status}, {len(result.changed)} of {len(result.tasks)} tasks changed something"
    for item in server_items(result, changed="change"):
        if item.status in ("failed", "unreachable", "error"):
            yield f"  ✗ {item.device}: {item.name}: {item.message}"
