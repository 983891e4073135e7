"""Juniper's `$9$`: reversible, it hides a key from a glance and from nothing else."""

_FAMILIES = ("QzF3n6/9CAtpu0O", "B1IREhcSyrleKvMW8LXx", "7N-dVbwsY2g4oaJZGUDj", "iHkq.mPf5T")
_ALPHABET = "".join(_FAMILIES)
_PLACE = {character: place for place, character in enumerate(_ALPHABET)}
_PADDING = {character: 3 - index for index, family in enumerate(_FAMILIES) for character in family}
_WEIGHTS = ((1, 4, 32), (1, 16, 32), (1, 8, 32), (1, 64), (1, 32), (1, 4, 16, 128), (1, 32, 64))


def junos9(value: str, salt: bytes) -> str:
    """The stored form of a key."""
    first = _ALPHABET[salt[0] % len(_ALPHABET)]
    padding = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in salt[1 : 1 + _PADDING[first]])
    coded, last = first + padding, first
    for place, byte in enumerate(value.encode()):
        for gap in _gaps(byte, _WEIGHTS[place % len(_WEIGHTS)]):
            last = _ALPHABET[(gap + _PLACE[last] + 1) % len(_ALPHABET)]
            coded += last
    return f"$9${coded}"


def _gaps(number: int, weights: tuple[int, ...]) -> list[int]:
    gaps: list[int] = []
    for weight in reversed(weights):
        gaps.insert(0, number // weight)
        number %= weight
    return gaps


def read_junos9(stored: str) -> str | None:
    """The key behind a stored form; None: it is malformed."""
    coded = stored.removeprefix("$9$")
    if stored == coded or not coded or any(character not in _PLACE for character in coded):
        return None
    last, rest = coded[0], coded[1 + _PADDING[coded[0]] :]
    found = bytearray()
    while rest:
        weights = _WEIGHTS[len(found) % len(_WEIGHTS)]
        group, rest = rest[: len(weights)], rest[len(weights) :]
        if len(group) < len(weights):
            return None
        number = 0
        for weight, character in zip(weights, group, strict=True):
            number += weight * ((_PLACE[character] - _PLACE[last]) % len(_ALPHABET) - 1)
            last = character
        found.append(number % 256)
    return found.decode(errors="replace")
