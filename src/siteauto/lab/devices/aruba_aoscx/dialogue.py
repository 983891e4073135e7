"""What a command leads to: text, a question of the box, the end of the session."""

from collections.abc import Callable
from dataclasses import dataclass

from siteauto.lab.devices.aruba_aoscx.box import Box

PAGE = 23


@dataclass(slots=True, kw_only=True)
class Session:
    """One login: who, on what screen."""

    box: Box
    user: str
    page_length: int = PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The box asks; the next line is the answer."""

    prompt: str
    answered: Callable[[str], "Outcome"]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The session ends."""

    text: str = ""


Outcome = str | Question | Leave
Action = Callable[[Session, tuple[str, ...]], Outcome]
