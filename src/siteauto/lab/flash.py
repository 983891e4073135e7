"""The file system of a simulated device: names and bytes in memory, with a size."""

from dataclasses import dataclass, field


class FlashFullError(Exception):
    """No space for the file."""


@dataclass(slots=True, kw_only=True)
class Flash:
    """Files by name, without folders. What is written survives a power cut."""

    device: str = "flash:"  # the prefix that the device's own commands use
    size: int = 1_941_504_000
    used_by_system: int = 741_504_000
    files: dict[str, bytes] = field(default_factory=dict)
    full: bool = False  # a fault: no byte is free
    served: bool = True  # whether the device lets SCP in

    def free(self) -> int:
        """Bytes that may still be written."""
        if self.full:
            return 0
        return self.size - self.used_by_system - sum(len(data) for data in self.files.values())

    def write(self, name: str, data: bytes) -> None:
        """Create or replace a file. Raises FlashFullError and leaves the old one."""
        if len(data) > self.free() + len(self.files.get(name, b"")):
            raise FlashFullError(name)
        self.files[name] = data

    def name_of(self, path: str) -> str:
        """The bare name in `flash:/x`, `flash:x`, `/x` or `x`."""
        bare = path.split(":", 1)[1] if ":" in path else path
        return bare.lstrip("/")
