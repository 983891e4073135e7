"""What a playbook did, or would do, as items of a document."""

from siteauto.core.ports import PlaybookResult
from siteauto.reporters.document import Item


def server_items(result: PlaybookResult, *, changed: str) -> tuple[Item, ...]:
    """One item per task that changed or went wrong; one for the rest. `changed` is the word for a change."""
    if result.status == "untested":
        return (Item(device="servers", name="playbook", status="untested", message=result.reason),)
    words = {"changed": changed, "failed": "failed", "unreachable": "unreachable"}
    items = [
        Item(device=task.host, name=task.task, status=words[task.status], message=task.message)
        for task in result.tasks
        if task.status in words
    ]
    quiet = sum(task.status not in words for task in result.tasks)
    if quiet:
        items.append(Item(device="servers", name=f"{quiet} tasks with nothing to do", status="no change"))
    if result.status != "successful" and not any(item.status in ("failed", "unreachable") for item in items):
        items.append(Item(device="servers", name="playbook", status=result.status, message=result.reason))
    return tuple(items)
