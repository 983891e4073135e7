"""What `siteauto recover` found, as a document."""

from siteauto.core.change.recovery import Recovery
from siteauto.core.models import SiteName
from siteauto.reporters.document import Document, Item


def recover_document(found: Recovery, *, site: SiteName, target: str, at: str) -> Document:
    """One item per device, and the next step."""
    return Document(
        kind="recover",
        site=site,
        target=target,
        at=at,
        exit_code=found.exit_code,
        items=tuple(
            Item(
                device=one.device,
                name="state",
                status=one.condition,
                message="; ".join(filter(None, [one.told, "its startup configuration differs" if one.unsaved else ""])),
            )
            for one in found.devices
        ),
        facts=(("next", found.next_step),),
        summary=f"recover: {', '.join(sorted(found.conditions))}",
    )
