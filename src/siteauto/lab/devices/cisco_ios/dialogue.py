"""What an exec command leads to: text, a question of the box, another mode, the end of the session."""

from collections.abc import Callable
from dataclasses import dataclass, field

from siteauto.lab.devices.cisco_ios.box import Box
from siteauto.lab.devices.cisco_ios.typist import Typist

REMOVES_USER = (
    "This operation will remove all username related configurations with same name.Do you want to continue? [confirm]"
)


@dataclass(slots=True, kw_only=True)
class Session:
    """One login: who, with what rights, on what screen."""

    box: Box
    user: str
    privilege: int
    length: int = 24
    width: int = 80
    typist: Typist | None = None  # in configuration mode
    history: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The box asks; the next line is the answer. Nothing is written for it when it is a password."""

    prompt: str
    answered: Callable[[str], "Outcome"]
    text: str = ""
    echo: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The session ends."""

    text: str = ""


Outcome = str | Question | Leave
Action = Callable[[Session, tuple[str, ...]], Outcome]


def confirmed(answer: str) -> bool:
    """What `[confirm]` takes for yes: Enter or anything that starts with y."""
    return answer.strip().lower()[:1] in ("", "y")
