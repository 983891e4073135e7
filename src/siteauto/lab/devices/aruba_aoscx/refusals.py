"""What the box prints for a line that it does not take."""

from siteauto.lab.written_grammar import Refusal


def told(refusal: Refusal) -> str:
    """In the words of 10.18."""
    texts = {"incomplete": "% Command incomplete.", "ambiguous": "% Ambiguous command."}
    return f"{texts.get(refusal.kind) or f'Invalid input: {refusal.word}'}\n"
