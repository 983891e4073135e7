"""The configuration engine: text -> tree, what differs, what to type, and what the device would then hold.

parse(rules, text)        -> ConfigTree    exactly as written
normalise(rules, text)    -> ConfigTree    in one canonical form, volatile lines dropped, secrets as tokens
diff(running, intended)   -> ConfigDiff
remediate(running, intended) -> Remediation   commands, rollback, and the proof that they converge
apply(tree, commands)     -> ConfigTree    what the device would hold afterwards
to_text(tree)             -> str           as the device prints it
"""

from siteauto.core.config.parse import parse
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.session import ConfigSession, apply
from siteauto.core.config.text import to_candidate, to_text
from siteauto.core.config.tree import ConfigTree, Node

__all__ = ["ConfigRules", "ConfigSession", "ConfigTree", "Node", "apply", "parse", "to_candidate", "to_text"]
