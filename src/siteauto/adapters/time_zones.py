"""What the IANA database says of a time zone."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def is_timezone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    return _zone(name) is not None


@lru_cache(maxsize=64)
def standard_offset(name: str) -> tuple[int, bool]:
    """Hours from UTC in winter, and whether there is summer time. (0, False) for an unknown zone, which is reported."""
    zone = _zone(name)
    if zone is None:
        return 0, False
    offsets = [datetime(2025, month, 1, tzinfo=UTC).astimezone(zone).utcoffset() for month in (1, 7)]
    known = [offset for offset in offsets if offset is not None]
    return int(min(known) / timedelta(hours=1)), len(set(known)) > 1


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
