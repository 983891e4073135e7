"""How a path of words falls into lines, one for each level, and which slot each line holds."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from siteauto.core.config.grammar import Grammar
from siteauto.core.config.levels import level
from siteauto.core.config.modes import Mode
from siteauto.core.config.path_rules import Header
from siteauto.core.config.path_words import TAGS, Words, path_words
from siteauto.core.config.remembered import KEPT
from siteauto.core.config.tree import DEEPEST


class Step(NamedTuple):
    """One line of a path: the mode in which it stands, the mode that it opens, and the rule that names it."""

    words: Words
    line: str
    key: str  # the slot that it holds: its first word where it is a setting with a value
    mode: Mode
    inside: str
    header: Header | None = None
    is_list: bool = False  # it is one value of a setting that holds several


@lru_cache(maxsize=KEPT)  # nearly every path comes again: in the other text, or as a command
def inline_paths(grammar: Grammar, words: Words) -> tuple[tuple[Step, ...], ...]:
    """The paths of a line whose options may stand behind each other: `server a key 1 prefer` is two."""
    steps, size = steps_of(grammar, words), 0
    for step in steps:
        size += len(step.words)
        if step.header is not None and step.header.inline and size < len(words):
            chunks = _chunks(words[size:], step.header)
            return tuple(steps_of(grammar, words[:size] + chunk) for chunk in chunks)
    return (steps,)


def steps_of(grammar: Grammar, words: Words, start: str = "") -> tuple[Step, ...]:
    """The lines that a path consists of."""
    return tuple(_steps(grammar, words, start))


def _steps(grammar: Grammar, words: Words, start: str) -> Iterator[Step]:
    name = start
    for _ in range(DEEPEST):
        if not words:
            return
        step = first_step(grammar.mode(name), words)
        yield step
        name, words = step.inside, words[len(step.words) :]
    if words:
        yield step_of(grammar.mode(name), words)


def first_step(mode: Mode, words: Words) -> Step:
    """The line that these words start with."""
    pair = step_of(mode, words) if len(words) == 2 else None
    if pair is not None and pair.is_list:
        return pair
    named = level(mode.rules, mode.name).named(words)
    if named is not None:
        return step_of(mode, words[: named.size])
    return pair if pair is not None and pair.key != pair.line else step_of(mode, words[:1])


@lru_cache(maxsize=KEPT)
def step_of(mode: Mode, words: Words) -> Step:
    """These words as one line of a mode."""
    line, here = " ".join(words), level(mode.rules, mode.name)
    if len(words) == 2 and mode.lists.matches(line) is not None:
        return Step(words, line, words[0], mode, here.inside(words), is_list=True)
    named = here.named(words)
    inside, header = (here.inside(words), None) if named is None else (named.inside, named.rule)
    return Step(words, line, mode.meaning(line).key if len(words) == 2 else line, mode, inside, header)


def _chunks(words: Words, rule: Header) -> Iterator[Words]:
    while words:
        size = len(words) if words[0] in rule.deep else 1 if words[0] in rule.flags else 2
        yield words[:size]
        words = words[size:]


def is_named(mode: Mode, line: str) -> bool:
    """Whether a rule names lines of this kind: such an entry stays when the last thing in it goes."""
    words = untagged(line)
    return bool(words) and level(mode.rules, mode.name).named(words) is not None


def untagged(line: str) -> Words:
    """The words of a line without what says that it is switched off."""
    words = path_words(line)
    return words if ": " not in line else tuple(word for word in words if word not in TAGS)


def tags_of(line: str) -> tuple[str, ...]:
    """What says that a line is switched off or locked."""
    return tuple(word for word in path_words(line)[: len(TAGS)] if word in TAGS)


def values_of(line: str) -> Words:
    """The values of a setting that holds several."""
    return tuple(word for word in untagged(line)[1:] if word not in ("[", "]"))


def list_line(words: Words, values: Words) -> str:
    """A setting with its values: `words` are what stands before them."""
    before = " ".join(words)
    return f"{before} {values[0]}" if len(values) == 1 else f"{before} [ {' '.join(values)} ]"
