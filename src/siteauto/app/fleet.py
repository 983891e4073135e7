"""The configurations of a site, or of every site, worked out only where something has changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from siteauto.adapters.yaml_inventory.inventory import CompanyLook, SoundSite
from siteauto.app.company import Company
from siteauto.core.errors import InputError
from siteauto.core.intent import DeviceIntent, RenderedConfig
from siteauto.core.intent.build import build_intents
from siteauto.core.models import DeviceName, Site, SiteName
from siteauto.core.ports import Renderer
from siteauto.workflows.render import Platforms, render_bootstrap, render_site

Texts = Mapping[DeviceName, RenderedConfig]
INTENDED = "intended"
BOOTSTRAP = "bootstrap"
RENDERS: Mapping[str, Callable[[Sequence[DeviceIntent], Platforms, Renderer], Texts]] = {
    INTENDED: render_site,
    BOOTSTRAP: render_bootstrap,
}


def render_one(company: Company, name: SiteName, kind: str) -> Texts:
    """The texts of one site. Raises InputError with all that is wrong with it, UsageError for an unknown one."""
    cache = company.cache
    if cache is None:
        return _work_out(company, company.inventory.site(name), kind)
    digest = cache.digest(name)
    if company.inventory.is_known(name, digest) and (kept := cache.texts(kind, digest)) is not None:
        return kept
    site = company.inventory.site(name)
    texts = _work_out(company, site, kind)
    if cache.digest(name) == digest:
        cache.keep_texts(kind, digest, texts)
    return texts


def look_at_all(company: Company) -> CompanyLook:
    """The whole company. Raises InputError with all that is wrong."""
    look = company.inventory.look()
    if look.problems:
        raise InputError(look.problems)
    return look


def render_all(company: Company, look: CompanyLook, kind: str) -> Iterator[tuple[SiteName, Texts]]:
    """The texts of every site, one site after the other, so that few are in memory at once."""
    for name, sound in look.sites.items():
        yield name, _texts(company, name, sound, kind)
    if company.cache is not None:
        company.cache.prune()


def _texts(company: Company, name: SiteName, sound: SoundSite, kind: str) -> Texts:
    cache = company.cache if sound.digest else None
    if cache is not None and (kept := cache.texts(kind, sound.digest)) is not None:
        return kept
    texts = _work_out(company, sound.site or company.inventory.build(name), kind)
    if cache is not None and (sound.site is not None or cache.digest(name) == sound.digest):
        cache.keep_texts(kind, sound.digest, texts)
    return texts


def _work_out(company: Company, site: Site, kind: str) -> Texts:
    return RENDERS[kind](build_intents(site, company.platforms), company.platforms, company.renderer)
