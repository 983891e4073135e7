"""What a line changes besides itself."""

import re

from siteauto.core.config import ConfigTree, apply
from siteauto.lab.devices.cisco_ios.device_state import vlans
from siteauto.lab.devices.cisco_ios.passwords import hide_type7

PLAIN_KEY = re.compile(r"(?P<before>(?:.* )?(?:password|key|server-key|key-string)) (?:0 )?(?P<plain>\S+)")


def follow_up(tree: ConfigTree, words: tuple[str, ...]) -> tuple[ConfigTree, str]:
    """The tree after everything that the box does because of this line, and what it prints about that."""
    if words[:3] == ("switchport", "access", "vlan") and words[3].isdigit() and int(words[3]) not in vlans(tree):
        return apply(tree, (f"vlan {words[3]}",)), f"% Access VLAN does not exist. Creating vlan {words[3]}\n"
    if words == ("aaa", "new-model"):
        return _without_line_logins(tree), ""
    if words == ("service", "password-encryption"):
        return _hidden_keys(tree), ""
    return tree, ""


def _without_line_logins(tree: ConfigTree) -> ConfigTree:
    """With AAA the lines have no `login` of their own."""
    for node in tree.children.values():
        if node.line.startswith("line "):
            for child in node.children.values():
                if child.line in ("login", "login local"):
                    tree = apply(tree, (node.line, f" no {child.line}"))
    return tree


def _hidden_keys(tree: ConfigTree) -> ConfigTree:
    """Keys that were kept plain are hidden from now on."""
    for path, node in tuple(tree.walk()):
        found = PLAIN_KEY.fullmatch(node.line)
        if found and not re.search(r"\b[5-9] \S+$", node.line) and path[:1] != ("key chain",):
            line = f"{found['before']} 7 {hide_type7(found['plain'])}"
            lines = (*path, line)
            tree = apply(tree, [" " * depth + text for depth, text in enumerate(lines)])
    return tree
