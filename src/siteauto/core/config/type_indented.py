"""What typing a line does on indented platforms: which section it belongs to, and what it opens."""

from siteauto.core.config.bodies import OpenBody, open_body
from siteauto.core.config.commands import Command, put, split_negation
from siteauto.core.config.draft import Draft, Path
from siteauto.core.config.entries import renumber
from siteauto.core.config.flat import put_flat, read_flat
from siteauto.core.config.grammar import Grammar
from siteauto.core.config.levels import UNKNOWN
from siteauto.core.config.modes import Mode
from siteauto.core.config.position import Position
from siteauto.core.config.rules import Section
from siteauto.core.config.tree import DEEPEST


def type_line(draft: Draft, position: Position, raw: str) -> Position:
    """Type one line in configuration mode and return where the session stands then."""
    if position.body is not None:
        return _feed(draft, position, position.body.feed(raw))
    line = raw.strip()
    if not line or draft.grammar.special.matches(line) is not None:
        return _type_special(draft, position, raw, line)
    return _type(draft, position, line, indent=len(raw) - len(raw.lstrip()))


def _type_special(draft: Draft, position: Position, raw: str, line: str) -> Position:
    """Lines that mean nothing, leave a section or start a text."""
    grammar = draft.grammar
    if not line or line.startswith(draft.rules.comment) or grammar.noise.matches(line) is not None:
        return position
    if line == draft.rules.end:
        return position.top()
    if line == "exit" or line in grammar.closings:
        return position.up()
    body = open_body(draft.rules, line)
    if body is not None:
        return _feed(draft, _placed(grammar, position, body.line), body)
    return _type(draft, position, line, indent=len(raw) - len(raw.lstrip()))


def _feed(draft: Draft, position: Position, body: OpenBody) -> Position:
    if not body.closed:
        return position._replace(body=body)
    mode = draft.grammar.mode(position.mode)
    for path in position.paths:
        put(draft, path, mode, Command(word="", text=body.line, body=body.lines), mode.meaning(body.line))
    return position._replace(body=None)


def _opened_by_indent(draft: Draft, position: Position, indent: int) -> Position:
    """A line further in than the one before stands inside it, even where no rule knows that section."""
    opens = position.last and indent > position.indent and len(position.modes) < DEEPEST
    if opens and draft.has(position.last[0]):
        return position.enter(position.last, UNKNOWN)
    while indent == 0 and position.mode == UNKNOWN:
        position = position.up()
    return position


def _placed(grammar: Grammar, position: Position, command: str) -> Position:
    """Where the line belongs: here, or further up where it opens a section or is a top-level command."""
    here = grammar.mode(position.mode)
    if here.own.matches(command) is not None or here.meaning(command).section is not None:
        return position
    for levels in range(1, len(position.modes) + 1):
        above = position.up(levels)
        if grammar.mode(above.mode).meaning(command).section is not None:
            return above
    return position.top() if grammar.leaves.matches(command) is not None else position


def _type(draft: Draft, position: Position, line: str, *, indent: int) -> Position:
    grammar, (word, text) = draft.grammar, split_negation(line)
    if indent or position.modes:
        position = _placed(grammar, _opened_by_indent(draft, position, indent), text)
    typed, section = put_line(draft, position.paths, grammar.mode(position.mode), Command(word, text))
    if section is not None and not word:
        return Position(paths=typed, modes=(*position.modes, section.mode), indent=indent)
    return Position(position.paths, position.modes, None, () if word else typed, indent)


def put_line(
    draft: Draft, paths: tuple[Path, ...], mode: Mode, command: Command
) -> tuple[tuple[Path, ...], Section | None]:
    """Put a command into one or several sections, spread where its header stands for several.

    Returns where a section that it opens stands, and the rule of that section.
    """
    flat = read_flat(draft.rules, command.text) if mode.flats else None
    if flat is not None:
        return (put_flat(draft, flat, remove=bool(command.word)),), None
    meaning = mode.meaning(command.text)
    if meaning.renumbers and not command.shown and renumber(draft, paths[0], command.text):
        return (), None
    if meaning.alias is not None:
        header, text = meaning.alias
        return _put_alias(draft, header, command._replace(text=text)), meaning.section
    if not meaning.stands_for and len(paths) == 1:
        return (put(draft, paths[0], mode, command, meaning),), meaning.section
    typed = [(command._replace(text=item), mode.meaning(item)) for item in meaning.stands_for or (command.text,)]
    return tuple(put(draft, path, mode, *item) for path in paths for item in typed), meaning.section


def _put_alias(draft: Draft, header: str, command: Command) -> tuple[Path, ...]:
    top = draft.grammar.mode("")
    opened, inside = top.meaning(header), top.child(header)
    section = opened.key
    if not command.word or draft.has((section,)):
        if not draft.has((section,)):
            put(draft, (), top, Command(word="", text=header), opened)
        return (put(draft, (section,), inside, command, inside.meaning(command.text)),)
    return ((header,),)
