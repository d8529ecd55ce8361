"""What the redirects of one target have taught: a slash behind its paths, another root, and where nothing is."""

from __future__ import annotations

from collections.abc import Mapping

from ..standard.operations import Service
from ..urls import path_of
from .redirects import Redirect


class Learned:
    """What is known by now; `redirects` are those that led to an answer, and `dead_ends` where the others led."""

    def __init__(self) -> None:
        self.redirects: list[Redirect] = []
        self.dead_ends: set[str] = set()
        # Whether a slash belongs behind collections (1) and behind records (2), by the slashes in their paths.
        self._slash: dict[int, str] = {}

    def with_slash(self, path: str) -> str:
        """A path as it is asked for, with the slash that a redirect has shown to belong behind it."""
        return path + self._slash.get(path.count("/"), "")

    def learn(self, redirect: Redirect, service: Service, roots: Mapping[Service, str]) -> dict[Service, str]:
        """Keep a redirect of a request below one of these roots; the roots to ask at from now on.

        A slash is learned at once, and another root once data came from there.
        """
        self.redirects.append(redirect)
        if redirect.slash and not redirect.led_nowhere:
            self._slash[redirect.path.count("/")] = "/"
        if redirect.behind.status != 200 or not redirect.behind.is_json:
            return dict(roots)
        old = roots[service]
        asked = path_of(f"{old}{self.with_slash(redirect.path)}")
        # A request at a suggested address teaches nothing of the roots in use.
        if redirect.root and path_of(redirect.answer.url) == asked:
            return {each: redirect.root if root == old else root for each, root in roots.items()}
        return dict(roots)
