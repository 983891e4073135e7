"""Text -> tree: the same as typing it on an empty device, with the indentation saying what stands in what."""

from collections.abc import Callable

from siteauto.core.config.bodies import Logical, logical_lines
from siteauto.core.config.commands import Command, split_negation
from siteauto.core.config.draft import Draft, Path
from siteauto.core.config.grammar import Grammar
from siteauto.core.config.levels import UNKNOWN
from siteauto.core.config.modes import Mode
from siteauto.core.config.position import Position
from siteauto.core.config.rules import ConfigRules, Section
from siteauto.core.config.tree import DEEPEST, ConfigTree
from siteauto.core.config.type_fortios import type_line as type_fortios
from siteauto.core.config.type_indented import put_line
from siteauto.core.config.type_nft import load_nft
from siteauto.core.config.type_paths import load_paths
from siteauto.core.config.type_uci import load_uci

Read = Callable[[Logical], tuple[str, str] | None]  # a line -> how it is kept and its note; None: it is dropped


def parse(rules: ConfigRules, text: str) -> ConfigTree:
    """The configuration that a device holds after this text; nothing is dropped that it would hold."""
    return load(rules, text, as_written)


def as_written(logical: Logical) -> tuple[str, str] | None:
    """Every line as it stands."""
    return logical.line, ""


def load(rules: ConfigRules, text: str, read: Read, *, keep_hidden: bool = False) -> ConfigTree:
    """The tree of a text whose lines are first read by `read`. `keep_hidden`: defaults are kept with a note."""
    draft = Draft(ConfigTree(rules=rules))
    loaders = {
        "indented": _load_indented,
        "fortios": _load_fortios,
        "paths": load_paths,
        "uci": load_uci,
        "nft": load_nft,
    }
    loaders[rules.syntax](draft, text, read, keep_hidden=keep_hidden)
    return draft.tree()


def _load_indented(draft: Draft, text: str, read: Read, *, keep_hidden: bool) -> None:
    grammar = draft.grammar
    stack: list[tuple[int, tuple[Path, ...], Mode]] = [(-1, ((),), grammar.mode(""))]
    before: tuple[int, tuple[Path, ...], Section | None] | None = None  # it opens a section if the next is further in
    for logical in logical_lines(draft.rules, text):
        kept = read(logical) if logical.plain or _says_something(grammar, logical.line) else None
        if kept is None:
            continue
        if before is not None and logical.indent > before[0] and draft.has(before[1][0]):
            stack.append((*before[:2], grammar.mode(UNKNOWN if before[2] is None else before[2].mode)))
        while stack[-1][0] >= logical.indent:
            stack.pop()
        _, paths, mode = stack[-1]
        word, text = split_negation(kept[0])
        command = Command(word, text, logical.body, kept[1], shown=True, keep_hidden=keep_hidden)
        typed, section = put_line(draft, paths, mode, command)
        before = None if word or len(stack) > DEEPEST else (logical.indent, typed, section)


def _says_something(grammar: Grammar, line: str) -> bool:
    """Whether a line is more than a comment, noise or the end of a section."""
    if not line or line.startswith(grammar.rules.comment) or grammar.noise.matches(line) is not None:
        return False
    return line not in (grammar.rules.end, "exit", *grammar.closings)


def _load_fortios(draft: Draft, text: str, read: Read, *, keep_hidden: bool) -> None:
    position = Position()
    for logical in logical_lines(draft.rules, text):
        kept = read(logical) if logical.line else None
        if kept is not None:
            line = f'{kept[0]}"' if logical.unended else kept[0]
            position = type_fortios(draft, position, line, shown=True, keep_hidden=keep_hidden, note=kept[1])
