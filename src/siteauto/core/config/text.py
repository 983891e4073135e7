"""Tree -> text, as the device prints it: in its order, with its indentation and separators."""

from collections.abc import Iterator, Mapping

from siteauto.core.config.bodies import body_lines
from siteauto.core.config.draft import number_of
from siteauto.core.config.grammar import grammar_of
from siteauto.core.config.modes import Mode
from siteauto.core.config.text_nft import nft_text
from siteauto.core.config.text_paths import paths_text
from siteauto.core.config.text_uci import uci_text
from siteauto.core.config.tree import ConfigTree, Node

FORTIOS_INDENT = "    "


def to_text(tree: ConfigTree) -> str:
    """The configuration as the device shows it: lines that it never shows are left out."""
    hidden = grammar_of(tree.rules).hidden_commands
    shown = {key: node for key, node in tree.children.items() if hidden.matches(node.line) is None}
    return to_candidate(ConfigTree(rules=tree.rules, children=shown))


def to_candidate(tree: ConfigTree) -> str:
    """The configuration as a file to load: like to_text, with the lines that the device never shows."""
    writers = {
        "indented": _indented_text,
        "fortios": _fortios_text,
        "paths": paths_text,
        "uci": uci_text,
        "nft": nft_text,
    }
    return "\n".join((*writers[tree.rules.syntax](tree), ""))


def in_order(children: Mapping[str, Node], mode: Mode) -> list[tuple[str, Node]]:
    """The lines of one mode in the order in which the device prints them."""
    if mode.numbered is not None:
        return sorted(children.items(), key=lambda item: number_of(item[1].line))
    if not mode.ranks or len(children) < 2:
        return list(children.items())
    return sorted(children.items(), key=lambda item: mode.meaning(item[1].line).place)


def _indented_text(tree: ConfigTree) -> Iterator[str]:
    rules, mode = tree.rules, grammar_of(tree.rules).mode("")
    before: tuple[int, bool] | None = None
    for _, node in in_order(tree.children, mode):
        meaning = mode.meaning(node.line)
        place, _ = meaning.place
        alone = mode.child(node.line).flat is None and (bool(node.children) or meaning.section is not None)
        if before is not None and (alone or before[1] or _gap(mode, before[0], place)):
            yield rules.comment
        before = (place, alone)
        yield from _node_lines(tree, node, mode, 0)
    if rules.end:
        yield from (rules.comment, rules.end)


def _gap(mode: Mode, before: int, place: int) -> bool:
    ranks = mode.ranks
    return before != place and any(index < len(ranks) and ranks[index].gap for index in (before, place))


def node_lines(tree: ConfigTree, node: Node, mode: Mode) -> Iterator[str]:
    """One line of an indented configuration with all that stands in it."""
    return _node_lines(tree, node, mode, 0)


def _node_lines(tree: ConfigTree, node: Node, mode: Mode, depth: int) -> Iterator[str]:
    indent, section = " " * depth, mode.meaning(node.line).section
    inside = mode.child(node.line)
    if inside.flat is not None:
        yield from (f"{indent}{node.line} {entry.line}" for entry in node.children.values())
        return
    deeper = depth + (section.indent if section is not None and section.indent else tree.rules.indent)
    if section is not None and section.gap:
        yield f"{indent}{tree.rules.comment}"
    first, *rest = body_lines(tree.rules, node.line, node.body) if node.body else (_padded(node.line, mode),)
    yield f"{indent}{first}"
    yield from rest
    for _, child in in_order(node.children, inside):
        yield from _node_lines(tree, child, inside, deeper)
    if section is not None and section.closing:
        yield f"{indent}{section.closing}"


def _padded(line: str, mode: Mode) -> str:
    number, _, content = line.partition(" ")
    for word, padded in mode.numbered.padded if mode.numbered is not None else ():
        if content.startswith(f"{word} "):
            return f"{number} {padded}{content[len(word) :]}"
    return line


def _fortios_text(tree: ConfigTree) -> Iterator[str]:
    mode = grammar_of(tree.rules).mode("")
    for _, node in in_order(tree.children, mode):
        yield from _fortios_lines(node, mode, "")


def _fortios_lines(node: Node, mode: Mode, indent: str) -> Iterator[str]:
    yield f"{indent}{node.line}"
    word = node.line.partition(" ")[0]
    if word not in ("config", "edit"):
        return
    inside = mode.child(node.line)
    for _, child in in_order(node.children, inside):
        yield from _fortios_lines(child, inside, indent + FORTIOS_INDENT)
    yield f"{indent}{'end' if word == 'config' else 'next'}"
