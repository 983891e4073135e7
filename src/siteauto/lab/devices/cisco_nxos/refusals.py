"""What the box prints for a line that it does not take."""

from siteauto.lab.written_grammar import Refusal


def told(refusal: Refusal, line: str, width: int) -> str:
    """The caret under the word, and why."""
    column = width + (line.find(refusal.word) if refusal.word else len(line))
    words = {"incomplete": "Incomplete command", "ambiguous": "Ambiguous command"}
    return f"{' ' * column}^\n% {words.get(refusal.kind, 'Invalid command')} at '^' marker.\n"
