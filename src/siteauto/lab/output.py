"""What a device puts on the wire, and when."""

from collections.abc import Iterable, Iterator
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


def joined(outputs: Iterable[Output]) -> Iterator[Output]:
    """The same in fewer packets: bytes that nothing stands between, as the echo of typed keys, go out together."""
    held = b""
    for output in outputs:
        if not (output.delay or output.hang or output.close or output.answer):
            held += output.data
            continue
        if held:
            yield Output(data=held)
            held = b""
        yield output
    if held:
        yield Output(data=held)
