"""What a remediation must not do, whatever the difference: the reasons why it then needs a person or a full replace."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.tree import ConfigTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """Logins and sections that must stay, and what was refused so far because of them."""

    rules: ConfigRules
    keep_logins: tuple[str, ...] = ()
    keep_paths: tuple[tuple[str, ...], ...] = ()
    refused: list[str] = field(default_factory=list)

    def refuse(self, reason: str) -> None:
        """Note a reason once."""
        if reason not in self.refused:
            self.refused.append(reason)

    def may_remove(self, path: tuple[str, ...], key: str) -> bool:
        """Whether this slot may go; if not, the reason is noted."""
        logins = {self.rules.login.format(name=name) for name in self.keep_logins}
        if key in logins:
            self.refuse(f"{key}: the login in use would be removed")
            return False
        gone = (*path, key)
        if any(kept[: len(gone)] == gone or gone[: len(kept)] == kept for kept in self.keep_paths):
            self.refuse(f"{' / '.join(gone)}: the way to the device would be cut")
            return False
        return True


def dangling(tree: ConfigTree, names: Iterable[str]) -> Iterator[str]:
    """Of these headers of objects, those that a line of the tree still refers to."""
    patterns = [(re.compile(rule.pattern), rule.object) for rule in tree.rules.references]
    wanted = list(names)
    if not wanted:
        return
    used = [
        re.compile(target.replace("{name}", re.escape(found["name"])) + r"$")
        for _, node in tree.walk()
        for pattern, target in patterns
        if (found := pattern.match(node.line)) is not None
    ]
    yield from (name for name in wanted if any(pattern.match(name) for pattern in used))
