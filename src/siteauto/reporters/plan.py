"""A plan, and how carrying it out ended, as documents."""

from siteauto.core.plan import DevicePlan, Plan
from siteauto.core.run import worst_exit_code
from siteauto.reporters.document import Document, Item
from siteauto.reporters.platforms import timer_text


def plan_document(plan: Plan, *, target: str, at: str) -> Document:
    """One item per device, its diff as the body. Exit code 5 where something would change, 4 where it could not be."""
    changing = len(plan.changing)
    codes = [4 if one.unsupported else 5 if one.changes else 0 for one in plan.devices]
    what = "no changes" if not changing else f"{changing} of {len(plan.devices)} devices would change"
    return Document(
        kind="plan",
        site=plan.site,
        target=target,
        at=at,
        exit_code=worst_exit_code(codes),
        items=tuple(_item(one) for one in plan.devices),
        facts=(("plan", plan.digest),),
        summary=f"plan: {what}",
    )


def _item(one: DevicePlan) -> Item:
    if one.unsupported:
        return Item(device=one.device, name="configuration", status="unsupported", message=one.unsupported)
    if not one.changes:
        return Item(device=one.device, name="configuration", status="no change")
    words = [f"{one.mode}; undone by its timer: {timer_text(one.timer)}", *one.notes]
    words += [f"unmanaged: {line}" for line in one.unmanaged]
    return Item(
        device=one.device, name="configuration", status="change", message="; ".join(words), body=one.diff_text
    )
