"""Problems of the inventory as people read them: what, where, the line itself, and what to do."""

from siteauto.core.errors import Finding


def finding_text(finding: Finding) -> str:
    """One problem in several lines, the offending line among them."""
    place = finding.place
    lines = [f"error[{finding.code}]: {finding.message}", f"  --> {place.file}:{place.line}:{place.column}"]
    if place.text.strip():
        number = str(place.line)
        text = place.text.expandtabs(4).rstrip()
        lines.append(f"   | {number:>3} | {text[:160]}")
    lines += [f"   = {note}" for note in finding.notes]
    if finding.help:
        lines.append(f"   = help: {finding.help}")
    return "\n".join(lines)
