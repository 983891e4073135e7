"""The configuration engine: text -> tree, what differs, what to type, and what the device would then hold.

parse(rules, text)        -> ConfigTree    exactly as written
normalise(rules, text)    -> ConfigTree    in one canonical form, volatile lines dropped, secrets as tokens
diff(running, intended)   -> ConfigDiff
remediate(running, intended) -> Remediation   commands, rollback, and the proof that they converge
apply(tree, commands)     -> ConfigTree    what the device would hold afterwards
to_text(tree)             -> str           as the device prints it
"""

from siteauto.core.config.carry_over import carry_over
from siteauto.core.config.diff import ConfigDiff, Difference, diff, diff_text, exact_diff, explain
from siteauto.core.config.normalise import normalise
from siteauto.core.config.parse import parse
from siteauto.core.config.remediate import Remediation, remediate
from siteauto.core.config.reveal import reveal, reveal_commands
from siteauto.core.config.rules import ConfigRules
from siteauto.core.config.seal import seal
from siteauto.core.config.secret_tokens import OPAQUE, SecretBook
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
    "Remediation",
    "SecretBook",
    "apply",
    "carry_over",
    "diff",
    "diff_text",
    "exact_diff",
    "explain",
    "normalise",
    "parse",
    "remediate",
    "reveal",
    "reveal_commands",
    "seal",
    "to_candidate",
    "to_text",
]
