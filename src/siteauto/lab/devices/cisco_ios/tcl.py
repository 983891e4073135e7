"""`tclsh`, as far as files are written with it: puts [open "flash:NAME" w+] { text }."""

import re
from dataclasses import dataclass, field

from siteauto.lab.flash import Flash, FlashFullError

OPENS = re.compile(r'puts\s+\[open\s+"([^"]+)"\s+w\+?\]\s+\{(.*)', re.DOTALL)
MORE = "+>"


@dataclass(slots=True)
class Tcl:
    """A Tcl shell. The file is written when the shell is left, as on the box."""

    flash: Flash
    _open: list[str] = field(default_factory=list)
    _written: dict[str, bytes] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        """Whether a brace is still open."""
        return bool(self._open)

    def receive(self, line: str) -> str | None:
        """One line; what it prints. None: it is no Tcl, so that the exec shell gets it."""
        self._open.append(line)
        text = "\n".join(self._open)
        found = OPENS.match(text)
        if found is None:
            self._open = []
            return None if line.strip() else ""
        content, closed, _ = found[2].partition("}")
        if closed:
            self._written[self.flash.name_of(found[1])] = f"{content}\n".encode()
            self._open = []
        return ""

    def quit(self) -> str:
        """Leave: files are written now."""
        for name, data in self._written.items():
            try:
                self.flash.write(name, data)
            except FlashFullError:
                return f"%Error writing {name} (No space left on device)\n"
        return ""
