"""The configuration engine: text -> tree, what differs, what to type, and what the device would then hold.

parse(rules, text)        -> ConfigTree    exactly as written
normalise(rules, text)    -> ConfigTree    in one canonical form, volatile lines dropped, secrets as tokens
diff(running, intended)   -> ConfigDiff
apply(tree, commands)     -> ConfigTree    what the device would hold afterwards
to_text(tree)             -> str           as the device prints it
"""

from siteauto.core.config.diff import ConfigDiff, Difference, diff, diff_text, explain
from siteauto.core.config.normalise import normalise
from siteauto.core.config.parse import parse
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.seal import seal
from siteauto.core.config.secrets import OPAQUE, SecretBook
from siteauto.core.config.session import ConfigSession, apply
from siteauto.core.config.text import to_candidate, to_text
from siteauto.core.config.tree import ConfigTree, Node

__all__ = [
    "OPAQUE",
    "ConfigDiff",
    "ConfigRules",
    "ConfigSession",
    "ConfigTree",
    "Difference",
    "Node",
    "SecretBook",
    "apply",
    "diff",
    "diff_text",
    "explain",
    "normalise",
    "parse",
    "seal",
    "to_candidate",
    "to_text",
]
