"""Where the link to the next page leads, against where the next page should begin."""

from __future__ import annotations

from dataclasses import dataclass

from ..urls import Place
from .page_address import is_ours, page_address
from .reading import Reading


@dataclass(frozen=True, slots=True)
class NextPage:
    """The link to follow, "" where the next page is asked for by its offset; `leads_back` says that it led back."""

    offset: int = 0
    url: str = ""
    leads_back: bool = False


def next_page(page: Reading, offset: int, behind: int, place: Place) -> NextPage:
    """Judge the link of a page that begins at an offset, where the next one should begin at `behind`.

    A link is followed on the host of `place` alone, and where it says more than an offset does.
    """
    url = page.next_url
    if not url or not is_ours(url, place):
        return NextPage()
    own, target = page_address(page.answer.url), page_address(url)
    if url == page.answer.url:
        return NextPage(leads_back=True)
    if own is None or target is None or (own.path, own.others) != (target.path, target.others):
        return NextPage(behind, url)
    if target.offset <= offset:
        return NextPage(leads_back=True)
    return NextPage() if target.offset == behind else NextPage(target.offset, url)
