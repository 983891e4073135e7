"""What to type so that a device holds what it shall hold, with the way back and the proof that both lead there."""

from collections.abc import Mapping
from dataclasses import dataclass

from siteauto.core.config import (
    remediate_fortios,
    remediate_indented,
    remediate_nft,
    remediate_paths,
    remediate_uci,
)
from siteauto.core.config.diff import ConfigDiff, diff, exact_diff
from siteauto.core.config.guards import Guards, dangling
from siteauto.core.config.secret_tokens import mask
from siteauto.core.config.session import apply
from siteauto.core.config.tree import ConfigTree, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Remediation:
    """Lines as typed in configuration mode; secrets stand in them as references or tokens.

    `converges`: typing `commands` on the running configuration leaves no drift, and nothing was refused. `refused` says
    why it takes a full replace or a person; what was refused is not among the commands. `rollback_leaves` says where
    the rollback does not lead back.
    """

    commands: tuple[str, ...]
    rollback: tuple[str, ...]
    converges: bool
    refused: tuple[str, ...] = ()
    rollback_leaves: tuple[str, ...] = ()


def remediate(
    running: ConfigTree,
    intended: ConfigTree,
    *,
    keep_logins: tuple[str, ...] = (),
    keep_paths: tuple[tuple[str, ...], ...] = (),
) -> Remediation:
    """Commands and rollback for two normalised trees.

    `keep_logins` are users in use, `keep_paths` the slots of sections and lines that carry the management session:
    none of them is removed.
    """
    guards = Guards(
        rules=intended.rules, keep_logins=keep_logins, keep_paths=keep_paths, in_use=_in_use(running, intended)
    )
    commands = _commands(running, intended, guards, keep_owned=True)
    after = apply(running, commands)
    refused = (*guards.refused, *_reasons("the commands leave", diff(after, intended)))
    way_back = Guards(rules=intended.rules)
    rollback = _commands(after, running, way_back, keep_owned=False)
    back = _reasons("the rollback leaves", exact_diff(apply(after, rollback), running))
    return Remediation(
        commands=commands,
        rollback=rollback,
        converges=not refused,
        refused=refused,
        rollback_leaves=(*way_back.refused, *back),
    )


def _commands(running: ConfigTree, intended: ConfigTree, guards: Guards, *, keep_owned: bool) -> tuple[str, ...]:
    writers = {
        "indented": remediate_indented.commands,
        "fortios": remediate_fortios.commands,
        "paths": remediate_paths.commands,
        "uci": remediate_uci.commands,
        "nft": remediate_nft.commands,
    }
    found = writers[intended.rules.syntax](running, intended, guards, keep_owned=keep_owned)
    return tuple("\n".join(found).split("\n")) if found else ()


def _reasons(what: str, left: ConfigDiff) -> tuple[str, ...]:
    tops = ((*item.path, item.intended or item.running)[0].partition("\n")[0] for item in left.significant)
    return tuple(f"{what} a difference: {mask(top)}" for top in dict.fromkeys(tops))


def _in_use(running: ConfigTree, intended: ConfigTree) -> frozenset[str]:
    """Objects that would go or become empty although the intent still refers to them."""
    gone = [node.line for key, node in running.children.items() if _goes(key, node, intended.children)]
    return dangling(intended, gone)


def _goes(key: str, node: Node, intended: Mapping[str, Node]) -> bool:
    left = intended.get(key)
    return left is None or bool(node.children and not left.children)
