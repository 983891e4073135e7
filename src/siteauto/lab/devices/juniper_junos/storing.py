"""How the box keeps what was typed: keys in its own reversible form, SNMPv3 passwords as keys of its engine."""

import hashlib
import re
from collections.abc import Mapping

from siteauto.core.config import ConfigTree, Node
from siteauto.core.config.stored_forms_juniper import junos9

ENGINE_KEY = re.compile(r"(?P<word>authentication-|privacy-)(?:key|password) (?P<value>\S+)$")
PLAIN_KEY = re.compile(r"(?P<word>secret|value) (?P<value>(?!\"?\$9\$)\S+)$")


def stored(tree: ConfigTree, seed: str) -> ConfigTree:
    """The tree with every key in its stored form. `seed` is the box's own."""
    return ConfigTree(rules=tree.rules, children=_stored(tree.children, (), seed))


def _stored(children: Mapping[str, Node], path: tuple[str, ...], seed: str) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for key, node in children.items():
        line = node.line if node.children else _stored_line(node.line, path, seed)
        inside = _stored(node.children, (*path, node.line), seed) if node.children else node.children
        same = line == node.line and all(inside[one] is node.children.get(one) for one in inside)
        slot = key if same else key.replace("-password", "-key")
        found[slot] = node if same else Node(line=line, children=inside)
    return found


def _stored_line(line: str, path: tuple[str, ...], seed: str) -> str:
    engine = path[:2] == ("snmp", "v3")
    found = (ENGINE_KEY if engine else PLAIN_KEY).match(line)
    if found is None or "$9$" in found["value"]:
        return line
    value = found["value"].strip('"')
    if engine:
        value = hashlib.sha256(f"{seed}/{value}".encode()).hexdigest()[:40]
    salt = hashlib.sha256(f"{seed}/{line}".encode()).digest()
    word = f"{found['word']}key" if engine else found["word"]
    return f'{word} "{junos9(value, salt)}"'
