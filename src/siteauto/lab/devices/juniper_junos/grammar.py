"""Which statements a box knows. They are read from the text files of the folder `known/`: a tree by its indentation."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

FILES = ("system", "switching", "security")
ANY = "*"


@dataclass(slots=True)
class Known:
    """A word of a statement and those that may follow it."""

    words: dict[str, "Known"] = field(default_factory=dict)

    def under(self, word: str) -> "Known | None":
        """What may follow this word; None: it is unknown here."""
        return self.words.get(word) or self.words.get(ANY)

    def is_value(self, word: str) -> bool:
        """Whether the word stands where any word may: it is a name or a value."""
        return word not in self.words and ANY in self.words


@cache
def known_statements() -> Known:
    """All statements, as one tree."""
    root = Known()
    for name in FILES:
        text = files(__package__).joinpath("known", f"{name}.txt").read_text(encoding="utf-8")
        _read(root, text)
    return root


def _read(root: Known, text: str) -> None:
    above: list[tuple[int, Known]] = [(-1, root)]
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        while above[-1][0] >= indent:
            above.pop()
        node = above[-1][1]
        for word in line.split():
            node = node.words.setdefault(word, Known())
        above.append((indent, node))


def first_unknown(words: tuple[str, ...]) -> int | None:
    """The place of the first word that no statement has there; None: all are known."""
    node = known_statements()
    for place, word in enumerate(words):
        found = node.under(word)
        if found is None:
            return place
        node = found
    return None
