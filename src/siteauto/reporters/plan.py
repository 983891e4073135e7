"""A plan as a document."""

from siteauto.core.change.plan import DevicePlan, Plan
from siteauto.core.ports import PlaybookResult
from siteauto.core.run import worst_exit_code
from siteauto.reporters.document import Document, Item
from siteauto.reporters.platforms import timer_text
from siteauto.reporters.servers import server_items


def plan_document(plan: Plan, servers: PlaybookResult | None, *, target: str, at: str) -> Document:
    """One item per device, its diff as the body, and one per server task that would change something.

    Exit code 5 where something would change, 4 where it could not be or could not be told.
    """
    changing = len(plan.changing) + len({task.host for task in servers.changed} if servers else ())
    codes = [4 if one.unsupported else 5 if one.changes else 0 for one in plan.devices]
    items = tuple(_item(one) for one in plan.devices)
    if servers is not None:
        codes += [servers.exit_code, 5 if servers.changed else 0]
        items += server_items(servers, changed="change")
    what = f"{changing} device{'s' if changing > 1 else ''} would change" if changing else "no changes"
    return Document(
        kind="plan",
        site=plan.site,
        target=target,
        at=at,
        exit_code=worst_exit_code(codes),
        items=items,
        facts=(("plan", plan.digest), *_unmanaged(plan)),
        summary=f"plan: {what}",
    )


def _unmanaged(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Lines that siteauto passes on unread, whether or not they change."""
    return tuple((f"unmanaged on {one.device}", "; ".join(one.unmanaged)) for one in plan.devices if one.unmanaged)


def _item(one: DevicePlan) -> Item:
    if one.unsupported:
        return Item(device=one.device, name="configuration", status="unsupported", message=one.unsupported)
    if not one.changes:
        return Item(device=one.device, name="configuration", status="no change")
    words = [f"{one.mode}; undone by its timer: {timer_text(one.timer)}", *one.notes]
    return Item(device=one.device, name="configuration", status="change", message="; ".join(words), body=one.diff_text)
