"""The candidate of a full replace: what was rendered, and what only the device itself can know."""

from collections.abc import Mapping

from siteauto.core.config.grammar import grammar_of
from siteauto.core.config.modes import Mode
from siteauto.core.config.parse import as_written, load, parse
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.secret_tokens import OPAQUE, FoundSecret, SecretBook, mask, replace_secrets
from siteauto.core.config.text import to_candidate
from siteauto.core.config.tree import ConfigTree, Node


def carry_over(rules: ConfigRules, running_text: str, rendered_text: str, *, secrets: SecretBook = OPAQUE) -> str:
    """The rendered text with the device's own lines put in, in the device's order.

    Stored forms of secrets that have not changed are taken over as they stand; the others remain references. Lines that
    a device never shows are left out where the running text holds them already: a replace does not remove them.
    """
    running, rendered = _tree(rules, running_text), _tree(rules, rendered_text)
    held = _Held(rules, secrets)
    grammar = grammar_of(rules)
    merged = held.merged(running.children, rendered.children, grammar.mode(""))
    for key, node in rendered.children.items():
        if grammar.hidden_commands.matches(node.line) is not None and held.says_the_same(
            running.children.get(key), node
        ):
            del merged[key]
    return to_candidate(ConfigTree(rules=rules, children=merged))


def _tree(rules: ConfigRules, text: str) -> ConfigTree:
    """As written; where two texts may group the same words differently, in the one grouping that we know."""
    return load(rules, text, as_written, keep_hidden=True) if rules.syntax == "paths" else parse(rules, text)


class _Held:
    """What a device holds, line by line, against what was rendered."""

    def __init__(self, rules: ConfigRules, secrets: SecretBook) -> None:
        self._rules = rules
        self._secrets = secrets

    def merged(self, running: Mapping[str, Node], rendered: Mapping[str, Node], mode: Mode) -> dict[str, Node]:
        """One section of the candidate."""
        told = {self._told(node.line): node for node in running.values()}  # lines that differ in stored forms alone
        found = {
            key: self._node(running.get(key) or told.get(self._told(node.line)), node, mode)
            for key, node in rendered.items()
        }
        found |= self._remade(running, found, mode)
        for key, node in running.items():
            if key in rendered:
                continue
            meaning = mode.meaning(node.line)
            if meaning.device_owned:
                found[key] = node
            elif meaning.permanent:
                found[key] = Node(line=node.line)
        return found

    def _remade(self, running: Mapping[str, Node], found: dict[str, Node], mode: Mode) -> dict[str, Node]:
        """What the device has made out of the values that were rendered, each under the key of what was rendered."""
        made = {key: node for key, node in running.items() if mode.remade.matches(node.line) is not None}
        wanted = [key for key, node in found.items() if mode.remade.matches(node.line) is not None]
        return dict(zip(wanted, made.values(), strict=False))

    def _node(self, ours: Node | None, theirs: Node, mode: Mode) -> Node:
        if ours is None:
            return theirs
        line = ours.line if self._told(ours.line) == self._told(theirs.line) else theirs.line
        return Node(
            line=line, body=theirs.body, children=self.merged(ours.children, theirs.children, mode.child(theirs.line))
        )

    def says_the_same(self, ours: Node | None, theirs: Node) -> bool:
        """Whether the device holds this line, secrets aside."""
        return ours is not None and mask(self._told(ours.line)) == mask(self._told(theirs.line))

    def _told(self, line: str) -> str:
        return replace_secrets(self._rules, line, self._token, whole=True)

    def _token(self, secret: FoundSecret) -> str:
        if secret.is_marker:
            return self._secrets.name(secret.stored)
        if secret.is_token:
            return secret.stored
        return self._secrets.token(secret.kind, secret.stored)
