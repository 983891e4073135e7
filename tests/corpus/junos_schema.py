"""Juniper's own schema, as the package junoscfg ships it: whether it knows the words of a `set` line.

It has no `security policies`, `nat` and `zones`.
"""

import json
import re
from functools import cache
from importlib import resources


def unknown_word(line):
    """The first word of a `set` line that the schema has no place for; empty: it knows them all."""
    words = re.findall(r'"(?:[^"\\]|\\.)*"|\S+', line)[1:]
    deepest = _deepest(_schema(), words, _values(_schema()))
    return words[deepest] if deepest < len(words) else ""


def _deepest(node, words, values):
    """How many of the words fit. Besides keywords there are names and values, and children that show no keyword."""
    if not words:
        return 0
    children, best = node.get("c", {}), 0
    if words[0] in children:
        child = children[words[0]]
        best = 1 + _deepest(child, words[1:], _values(child))
    if best < len(words) and values:
        best = max(best, 1 + _deepest(node, words[1:], values - 1))
    for child in children.values():
        if best < len(words) and child.get("nk"):
            best = max(best, 1 + _deepest(child, words[1:], _values(child) - 1))
    return best


def _values(node):
    return (1 if node.get("L") else 0) + (1 if node.get("l") else 0)


@cache
def _schema():
    file = resources.files("junoscfg") / "validate" / "data" / "junos-structure-tree.json"
    return json.loads(file.read_text(encoding="utf-8"))
