"""Finish or undo what a run that died has left at a site."""

import json
from collections.abc import Callable
from dataclasses import replace

from siteauto.app.runs import find_unfinished, list_runs, must_be_believable, open_journal, operator
from siteauto.app.settings import Settings
from siteauto.app.site_run import lock_site, open_site_run
from siteauto.core.change.outcome import TransactionResult
from siteauto.core.change.plan import Plan, plan_from_dict
from siteauto.core.change.transaction import Decision
from siteauto.core.errors import StoreError, UsageError
from siteauto.core.markers import secrets_in
from siteauto.core.models import DeviceName, SiteName
from siteauto.core.ports import Journal
from siteauto.core.run import Event
from siteauto.workflows.provision import push_ports, remembered
from siteauto.workflows.resume import abort_transaction, resume_transaction
from siteauto.workflows.site_run import SiteRun

OnEvent = Callable[[Event], None]


def unfinished_sites(settings: Settings) -> tuple[SiteName, ...]:
    """Sites with a run that was left unfinished, in some lab or live."""
    runs = (one.history for one in list_runs(settings))
    return tuple(sorted({SiteName(one.site) for one in runs if one.unfinished}))


def resume_site(settings: Settings, name: str, on_event: OnEvent, *, trust: bool = False) -> TransactionResult | None:
    """Carry out the decision of the site's unfinished run, or undo it; None: there is none. Raises UsageError."""
    return _finish(settings, name, on_event, trust=trust, undo_only=False)


def abort_site(settings: Settings, name: str, on_event: OnEvent, *, trust: bool = False) -> TransactionResult | None:
    """Undo the site's unfinished run; None: there is none. Raises UsageError when it is decided to commit."""
    return _finish(settings, name, on_event, trust=trust, undo_only=True)


def _finish(
    settings: Settings, name: str, on_event: OnEvent, *, trust: bool, undo_only: bool
) -> TransactionResult | None:
    run = open_site_run(settings, name, trust_new_host_keys=trust)
    with lock_site(settings, run):
        stored = find_unfinished(settings, run.site.name, lab=run.lab, target=run.target)
        if stored is None:
            return None
        history = stored.history
        if undo_only and history.decision is Decision.COMMIT:
            raise UsageError(
                f"{name}: the run {history.id} is decided: some of its devices may be confirmed already",
                expected="a run without a decision",
                found="commit",
                next_step=f"Carry it out with: siteauto resume {name}. Then plan what shall be otherwise",
            )
        must_be_believable(stored)
        journal = open_journal(settings, history.id)
        plan = plan_from_dict(json.loads(journal.kept("plan.json", history.plan_file)))
        run = _with_secrets_of(replace(run, id=history.id, journal=journal), plan)
        end = abort_transaction if undo_only else resume_transaction
        ports = push_ports(run, stored=_stored_texts(journal))
        result = end(history, plan, run.targets, ports, by=operator(), on_event=on_event)
        return _recorded(run, remembered(run, result))


def _stored_texts(journal: Journal) -> dict[DeviceName, str]:
    """The exact texts that a restore puts back. Raises StoreError where one is gone or was changed."""
    records = [one for one in journal.read() if one.get("record") == "wanted"]
    kept: dict[str, str] = json.loads(json.dumps(records[-1]["texts"])) if records else {}
    return {DeviceName(name): journal.kept(f"wanted/{name}", digest) for name, digest in kept.items()}


def _recorded(run: SiteRun, result: TransactionResult) -> TransactionResult:
    end = {"record": "end", "at": run.now(), "verdict": result.verdict, "exit_code": result.exit_code}
    try:
        run.journal.append(end)
    except StoreError as error:
        return replace(result, journal_error=error)
    return result


def _with_secrets_of(run: SiteRun, plan: Plan) -> SiteRun:
    """The templates may have changed since: what the plan names is known too, so that it is compared and hidden."""
    refs = sorted({ref for one in plan.changing for ref in secrets_in(one.candidate)}, key=str)
    missing = set(run.secrets.missing(refs))
    values = {ref.name: run.secrets.resolve(ref) for ref in refs if ref not in missing}
    return replace(run, book=replace(run.book, values={**run.book.values, **values}))
