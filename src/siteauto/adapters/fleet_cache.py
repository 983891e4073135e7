"""What is known of sites whose files have not changed: that they are sound, what they claim, and their configurations.

The key is a digest of all that counts: the code, the site's own files and all that it inherits. Only sound sites are
kept. Texts hold secrets as references, as everywhere.
"""

import json
import os
import re
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from siteauto.adapters.content_cache import ContentCache, digest_of
from siteauto.adapters.fleet_cache_entries import (
    KnownSite,
    claim_data,
    claim_from,
    known_bytes,
    known_from,
    texts_bytes,
    texts_from,
)
from siteauto.adapters.running_code import RunningCode
from siteauto.adapters.time_zones import standard_offset
from siteauto.adapters.yaml_inventory.files import ARCHETYPES, DEFAULTS, SITES, InventoryFiles
from siteauto.adapters.yaml_locks import LockFolder
from siteauto.core.intent import RenderedConfig
from siteauto.core.models import DeviceName
from siteauto.core.site.company_rules import Claim

_ARCHETYPE = re.compile(rb"^archetype:[ \t]*([\w.-]+)[ \t]*(?:#.*)?\r?$", re.MULTILINE)


class FleetCache:
    """Remembers by digest. A digest is taken before a site is read, and again before anything of it is kept."""

    def __init__(self, *, inventory: Path, templates: Path, cache: ContentCache, code: RunningCode) -> None:
        self._files = InventoryFiles(inventory)
        self._locks = LockFolder(inventory)
        self._templates = Templates(templates)
        self._cache = cache
        self._code = code
        self._claims: dict[str, Claim] = {}  # by digest
        self._reading = threading.Lock()

    # ── digests ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def digest(self, site: str) -> str:
        """Of all that a site is made from."""
        own = _content(self._files.path(SITES, site))
        named = _ARCHETYPE.findall(own)
        archetypes = (named[0].decode(),) if len(named) == 1 else self._files.names(ARCHETYPES)
        paths = (self._locks.path(site), self._files.root / DEFAULTS,
                 *(self._files.path(ARCHETYPES, name) for name in archetypes))  # fmt: skip
        shown = self._files.shown(SITES, site).encode()
        return digest_of((self._code.digest.encode(), shown, own, *map(_content, paths)))

    def claim_digest(self, site: str) -> str:
        """Of what a site's own file says."""
        return digest_of((self._code.digest.encode(), site.encode(), _content(self._files.path(SITES, site))))

    def archetype_digest(self, name: str) -> str:
        """Of an archetype and what it inherits."""
        paths = (self._files.root / DEFAULTS, self._files.path(ARCHETYPES, name))
        return digest_of((self._code.digest.encode(), name.encode(), *map(_content, paths)))

    # ── what is known ────────────────────────────────────────────────────────────────────────────────────────────────

    def site(self, site: str, digest: str) -> KnownSite | None:
        """What is known of a sound site; None: nothing, or the time zone database says something else now."""
        body = self._cache.get("site", digest)
        known = known_from(body) if body is not None else None
        if known is None or known.claim.site != site or standard_offset(known.timezone) != known.offset:
            return None
        named = _ARCHETYPE.findall(_content(self._files.path(SITES, site)))
        return known if len(named) != 1 or named[0].decode() == known.archetype else None

    def keep_site(self, digest: str, known: KnownSite) -> bool:
        """Remember a sound site, unless its files have changed meanwhile; whether that was done."""
        unchanged = self._code.is_settled and self.digest(known.claim.site) == digest
        if unchanged:
            self._cache.put("site", digest, known_bytes(known))
        return unchanged

    def claim(self, site: str, read: Callable[[str], Claim | None]) -> Claim | None:
        """What a site's own file claims, sound or not. Sites that are opened at once have each file `read` once."""
        digest = self.claim_digest(site)
        with self._reading:
            claim = self._claims.get(digest) or self._kept_claim(digest)
            if claim is None:
                claim = read(site)
                if claim is None or self.claim_digest(site) != digest:
                    return claim
                if self._code.is_settled:
                    self._cache.put("claim", digest, json.dumps(claim_data(claim)).encode())
            self._claims[digest] = claim
            return claim

    def _kept_claim(self, digest: str) -> Claim | None:
        body = self._cache.get("claim", digest)
        return claim_from(json.loads(body)) if body is not None else None

    def is_good_archetype(self, name: str, digest: str) -> bool:
        """Whether nothing is wrong with an archetype by itself."""
        return self._cache.get("archetype", digest) == name.encode()

    def keep_archetype(self, name: str, digest: str) -> None:
        """Remember that nothing is wrong with it."""
        if self._code.is_settled and self.archetype_digest(name) == digest:
            self._cache.put("archetype", digest, name.encode())

    # ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def texts(self, kind: str, digest: str) -> dict[DeviceName, RenderedConfig] | None:
        """The configurations (kind: intended or bootstrap) of the site with this digest."""
        body = self._cache.get(kind, self._templates.digest(digest))
        return texts_from(body) if body is not None else None

    def keep_texts(self, kind: str, digest: str, texts: Mapping[DeviceName, RenderedConfig]) -> None:
        """Remember configurations, unless a template has changed since the digest was taken."""
        sources = {source for text in texts.values() for source in text.sources}
        if self._code.is_settled and self._templates.unchanged(sources):
            self._cache.put(kind, self._templates.digest(digest), texts_bytes(texts))

    def prune(self) -> None:
        """Forget what nobody has used for long."""
        self._cache.prune()


class Templates:
    """All templates as one digest, and whether they still are what they were."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: tuple[tuple[str, int, int], ...] | None = None
        self._content = ""
        self._compiled: set[str] = set()

    def digest(self, site_digest: str) -> str:
        """Of a site and of all templates."""
        if self._seen is None:
            self._seen = self._look()
            self._content = digest_of(
                part for name, *_ in self._seen for part in (name.encode(), _content(self._root / name))
            )
        return digest_of((site_digest.encode(), self._content.encode()))

    def unchanged(self, sources: set[str]) -> bool:
        """Whether they are as when the digest was taken. A template stays as it was first used in this run."""
        if sources <= self._compiled:
            return True
        if self._seen != self._look():
            return False
        self._compiled |= sources
        return True

    def _look(self) -> tuple[tuple[str, int, int], ...]:
        found = []
        for folder, _, names in os.walk(self._root):
            for name in names:
                state = (path := Path(folder, name)).stat()
                found.append((str(path.relative_to(self._root)), state.st_mtime_ns, state.st_size))
        return tuple(sorted(found))


def _content(path: Path) -> bytes:
    """What is in a file; a file that cannot be read is like none, and its site is not sound."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
