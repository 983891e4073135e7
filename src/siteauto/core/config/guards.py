"""What a remediation must not do, whatever the difference: the reasons why it then needs a person or a full replace."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from siteauto.core.config.patterns import FirstMatch
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.tree import ConfigTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """Logins and sections that must stay, and what was refused so far because of them."""

    rules: ConfigRules
    keep_logins: tuple[str, ...] = ()
    keep_paths: tuple[tuple[str, ...], ...] = ()
    in_use: frozenset[str] = frozenset()  # headers of objects that the intent refers to although it does not have them
    refused: list[str] = field(default_factory=list)

    def refuse(self, reason: str) -> None:
        """Note a reason once."""
        if reason not in self.refused:
            self.refused.append(reason)

    def may_remove(self, path: tuple[str, ...], key: str) -> bool:
        """Whether this slot may go; if not, the reason is noted."""
        if self.keep_logins and any(key == self.rules.login.format(name=name) for name in self.keep_logins):
            self.refuse(f"{key}: the login in use would be removed")
            return False
        if not path and not self.may_empty(key):
            return False
        if not self.keep_paths:
            return True
        gone = (*path, key)
        if any(kept[: len(gone)] == gone or gone[: len(kept)] == kept for kept in self.keep_paths):
            self.refuse(f"{' / '.join(gone)}: the way to the device would be cut")
            return False
        return True

    def may_empty(self, header: str) -> bool:
        """Whether this object may lose all that is in it; if not, the reason is noted."""
        if header in self.in_use:
            self.refuse(f"{header}: it would be absent or empty while it is in use")
            return False
        return True


def dangling(tree: ConfigTree, names: Iterable[str]) -> frozenset[str]:
    """Of these headers of objects, those that a line of the tree still refers to."""
    patterns = [(re.compile(rule.pattern), rule.object) for rule in tree.rules.references]
    objects = FirstMatch(rule.object.replace("{name}", r"\S+") for rule in tree.rules.references)
    wanted = [name for name in names if objects.matches(name) is not None]
    if not wanted:
        return frozenset()
    used = [
        re.compile(target.replace("{name}", re.escape(found["name"])) + r"$")
        for _, node in tree.walk()
        for pattern, target in patterns
        if (found := pattern.match(node.line)) is not None
    ]
    return frozenset(name for name in wanted if any(pattern.match(name) for pattern in used))
