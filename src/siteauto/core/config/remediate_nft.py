"""An nftables script that turns one ruleset into another: each table that differs is replaced as a whole, at once."""

from siteauto.core.config.diff import diff, exact_diff
from siteauto.core.config.grammar import grammar_of
from siteauto.core.config.guards import Guards
from siteauto.core.config.nft_words import left_open
from siteauto.core.config.pairs import pairs
from siteauto.core.config.text_nft import nft_lines
from siteauto.core.config.tree import ConfigTree, Node


def commands(running: ConfigTree, intended: ConfigTree, guards: Guards, *, keep_owned: bool) -> tuple[str, ...]:
    """The lines for `nft -f`, which carries out all of them or none."""
    rules, found = intended.rules, list[str]()
    for pair in pairs(running.children, intended.children, grammar_of(rules).mode(""), keep_owned=keep_owned):
        if pair.intended is None:
            if guards.may_remove((), pair.key):
                found.append(f"delete {pair.key}")
        elif _differ(running, intended, pair.key, keep_owned=keep_owned):
            endless = _without_end(pair.intended)
            if endless:
                guards.refuse(f"{endless}: its set has no end, so that all that follows would be taken for it")
                continue
            if pair.running is not None:
                found.append(f"delete {pair.key}")
            found += nft_lines(pair.intended)
    return tuple(found)


def _without_end(node: Node) -> str:
    """A line in here that leaves a set open; empty: there is none."""
    if not node.children and left_open(node.line) > 0:
        return node.line
    return next(filter(None, map(_without_end, node.children.values())), "")


def _differ(running: ConfigTree, intended: ConfigTree, key: str, *, keep_owned: bool) -> bool:
    compare = diff if keep_owned else exact_diff
    return bool(compare(_only(running, key), _only(intended, key)).significant)


def _only(tree: ConfigTree, key: str) -> ConfigTree:
    found: Node | None = tree.children.get(key)
    return ConfigTree(rules=tree.rules, children={key: found} if found is not None else {})
