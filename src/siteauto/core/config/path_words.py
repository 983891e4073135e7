"""Texts of Junos and PAN-OS -> statements: braces and `set` lines mean the same paths of words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from siteauto.core.config.bodies import logical_lines
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.tree import DEEPEST

Words = tuple[str, ...]
TAGS = {"inactive:": "deactivate", "protect:": "protect"}  # what stands before a line that is switched off or locked
_IGNORED = ("replace:", "delete:")  # words for loading, never stored
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|‹[^›]*›|\S+', re.DOTALL)
_TOKEN = re.compile(r'/\*.*?(?:\*/|$)|#[^\n]*|"(?:[^"\\]|\\.)*"|‹[^›]*›|[{};]|[^\s{};"]+', re.DOTALL)
_COMMAND = re.compile(r"\s*(set|delete|deactivate|activate|protect|unprotect|insert|move)\s+[^{;\s]")
_PLAIN = re.compile(r"[^\s\"{};\[\]#()|&$'\\]+")


class Statement(NamedTuple):
    """What one line of a text does: `verb` is set, deactivate or protect, or any other command.

    `steps` are the words of the path, level by level as they are written; a command has them in one. `note` is what
    normalising found out.
    """

    verb: str
    steps: tuple[Words, ...]
    note: str = ""

    @property
    def words(self) -> Words:
        """The whole path."""
        return self.steps[0] if len(self.steps) == 1 else tuple(chain.from_iterable(self.steps))


def path_words(text: str) -> Words:
    """The words of a line; quotes and tokens of secrets keep spaces together."""
    return tuple(_WORD.findall(text)) if '"' in text or "‹" in text else tuple(text.split())


def plain_word(word: str) -> str:
    """The word without quotes that say nothing."""
    if len(word) > 2 and word[0] == word[-1] == '"' and _PLAIN.fullmatch(word[1:-1]):
        return word[1:-1]
    return word


def spread_lists(words: Words) -> Iterator[Words]:
    """The paths that a line with a list in brackets stands for: `members [ a b ]` -> two.

    A line with several lists is none that a device prints: it stays as it is.
    """
    if words.count("[") != 1:
        yield words
        return
    start = words.index("[")
    end = words.index("]", start) if "]" in words[start:] else len(words)
    for item in words[start + 1 : end]:
        yield (*words[:start], item, *words[end + 1 :])


def statements(rules: ConfigRules, text: str) -> Iterator[Statement]:
    """All statements of a text, in its order, in whichever of the two forms each line is written."""
    reader = _Braces()
    in_comment = False
    for logical in logical_lines(rules, text):
        line = logical.line
        if in_comment:
            in_comment = "*/" not in line
        elif line.startswith("/*") and "*/" not in line:
            in_comment = True
        elif reader.at_top and _COMMAND.match(line) and not line.endswith(("{", ";")):
            verb, *words = path_words(line)
            yield from (Statement(verb=verb, steps=(path,)) for path in spread_lists(tuple(words)))
        else:
            yield from reader.read(line)


@dataclass(slots=True, kw_only=True)
class _Block:
    words: Words
    tags: tuple[str, ...]
    is_empty: bool = True


@dataclass(slots=True)
class _Braces:
    """A reader of braces, token by token, over the lines of a text."""

    blocks: list[_Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    too_deep: int = 0  # blocks that are open below the last one, and are taken for lines of it

    @property
    def at_top(self) -> bool:
        """Whether nothing is open."""
        return not self.blocks and not self.words

    def read(self, line: str) -> Iterator[Statement]:
        """The statements that end on this line."""
        for token in _TOKEN.findall(line):
            if token.startswith(("/*", "#")):
                continue
            if token == "{":  # noqa: S105 - a brace
                yield from self._open()
            elif token == "}":  # noqa: S105
                yield from self._close()
            elif token == ";":  # noqa: S105
                yield from self._end()
            else:
                self.words.append(token)

    def _taken(self) -> tuple[Words, tuple[str, ...]]:
        words = tuple(word for word in self.words if word not in _IGNORED)
        self.words.clear()
        return tuple(word for word in words if word not in TAGS), tuple(TAGS[word] for word in words if word in TAGS)

    def _open(self) -> Iterator[Statement]:
        if len(self.blocks) < DEEPEST:
            words, tags = self._taken()
            self.blocks.append(_Block(words=words, tags=tags))
        else:
            self.too_deep += 1
            yield from self._end()

    def _close(self) -> Iterator[Statement]:
        yield from self._end()
        if self.too_deep:
            self.too_deep -= 1
            return
        if not self.blocks:
            return
        block, path = self.blocks[-1], tuple(block.words for block in self.blocks)
        self.blocks.pop()
        if block.is_empty:
            yield Statement(verb="set", steps=path)
        if self.blocks:
            self.blocks[-1].is_empty = False
        yield from (Statement(verb=tag, steps=path) for tag in block.tags)

    def _end(self) -> Iterator[Statement]:
        words, tags = self._taken()
        if not words:
            return
        above = tuple(block.words for block in self.blocks)
        if self.blocks:
            self.blocks[-1].is_empty = False
        for path in spread_lists(words):
            yield Statement(verb="set", steps=(*above, path))
            yield from (Statement(verb=tag, steps=(*above, path)) for tag in tags)
