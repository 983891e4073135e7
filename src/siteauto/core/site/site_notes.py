"""What one should know of a site that is not wrong."""

from collections.abc import Iterator

from siteauto.core.models import Site
from siteauto.core.site.problems import Problem


def find_notes(site: Site) -> Iterator[Problem]:
    """Lines that siteauto passes on to a device without knowing what they do."""
    for name, text in site.extra_cli:
        short = site.device(name).short
        lines = unmanaged_lines(text)
        count = f"{len(lines)} line{'s' if len(lines) != 1 else ''}"
        yield Problem(
            code="N1001",
            message=f"{name} has {count} of its own that siteauto passes on unread: {'; '.join(lines)}",
            path=("devices", short, "extra_cli"),
        )


def unmanaged_lines(text: str) -> tuple[str, ...]:
    """The lines of an `extra_cli` that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip() not in ("", "!"))
