"""Numbered entries of an access list: what adding, removing and renumbering does."""

import re

from siteauto.core.config.draft import Draft, Entries, Path, number_of
from siteauto.core.config.rules import Numbered
from siteauto.core.config.tree import Node


def split_entry(line: str) -> tuple[int | None, str]:
    """The number of an entry (None: it has none) and what it says."""
    word, _, rest = line.partition(" ")
    return (int(word), rest) if word.isdigit() else (None, line)


def slot_of(rule: Numbered, content: str, number: int) -> str:
    """The slot of an entry: what it says, and its number too where it may stand twice."""
    return f"{number} {content}" if content.startswith(rule.repeats) else content


def change_entry(entries: Entries, children: dict[str, Node], rule: Numbered, text: str, *, remove: bool) -> None:
    """Add or remove one entry. Without a number it goes to the end; one that is there already stays as it is."""
    number, content = split_entry(text)
    if remove:
        _remove_entry(entries, children, number, content)
        return
    if number is None:
        number = entries.highest() + rule.step if entries.by_number else rule.start
    key = slot_of(rule, content, number)
    if key in children:
        return
    if number in entries.by_number:
        del children[entries.by_number[number]]
    entries.add(number, key)
    children[key] = Node(line=f"{number} {content}")


def _remove_entry(entries: Entries, children: dict[str, Node], number: int | None, content: str) -> None:
    if number is None:
        key = content if content in children else _repeated(children, content)
    else:
        key = entries.by_number.get(number)
    if key is not None and key in children:
        entries.remove(number_of(children.pop(key).line))


def _repeated(children: dict[str, Node], content: str) -> str | None:
    return next((key for key, node in children.items() if split_entry(node.line)[1] == content), None)


def renumber(draft: Draft, path: Path, command: str) -> bool:
    """Carry out a command that renumbers a list, typed at this place; False: it is another command."""
    for rule, pattern in draft.grammar.wording.renumberings:
        if bool(path) != rule.renumber_inside:
            continue
        found = pattern.fullmatch(command)
        if found is not None:
            _renumber_lists(draft, rule, found, header=path[0] if path else "")
            return True
    return False


def _renumber_lists(draft: Draft, rule: Numbered, found: re.Match[str], *, header: str) -> None:
    for key in (header,) if header else list(draft.open(())):
        named = re.match(rule.section, key)
        if named and (header or named["name"] == found["name"]):
            _renumber(draft.open((key,)), rule, start=int(found["start"]), step=int(found["step"]))
            draft.forget_entries()


def _renumber(children: dict[str, Node], rule: Numbered, *, start: int, step: int) -> None:
    contents = [split_entry(node.line)[1] for node in sorted(children.values(), key=lambda node: number_of(node.line))]
    children.clear()
    for place, content in enumerate(contents):
        number = start + place * step
        children[slot_of(rule, content, number)] = Node(line=f"{number} {content}")
