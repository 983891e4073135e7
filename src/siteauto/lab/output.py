"""What a device puts on the wire, and when."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Bytes for the wire. After `delay` seconds; `hang`: never; `close`: the session ends behind them.

    `answer`: the device has just done something, which the world around it may have to follow first.
    """

    data: bytes
    delay: float = 0.0
    hang: bool = False
    close: bool = False
    answer: bool = False
