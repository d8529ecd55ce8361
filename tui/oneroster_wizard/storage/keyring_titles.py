"""Which keyring a backend of the library is, as people know it, and whether it keeps secrets well."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")

_TITLES = {
    "keyring.backends.SecretService": "GNOME Keyring / Secret Service",
    "keyring.backends.libsecret": "GNOME Keyring / Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.Windows": "Windows Credential Manager",
    "keyring.backends.macOS": "macOS Keychain",
}


def is_windows(backend: object) -> bool:
    """Whether a backend is the keyring of Windows."""
    return type(backend).__module__ == "keyring.backends.Windows"


def keyring_title(backend: object) -> str:
    """The name of a backend's keyring, as people know it."""
    titles = (_TITLES[kind.__module__] for kind in type(backend).__mro__ if kind.__module__ in _TITLES)
    return next(titles, f"the keyring {getattr(backend, 'name', '')}")


def usable(backend: T | None) -> T | None:
    """The backend itself, the first good one of a chain, or None for one that keeps nothing or a plain file."""
    chain: list[T] | None = getattr(backend, "backends", None)
    if type(backend).__module__ == "keyring.backends.chainer":
        return next((good for link in chain or () if (good := usable(link)) is not None), None)
    for kind in type(backend).__mro__ if backend else ():
        module = kind.__module__
        if module in ("keyring.backends.fail", "keyring.backends.null"):
            return None
        # keyrings.alt holds backends that keep secrets in plain or weakly protected files.
        if module.split(".")[:2] == ["keyrings", "alt"] or "plaintext" in kind.__name__.lower():
            return None
    return backend
