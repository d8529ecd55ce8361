"""Which keyring a backend of the library is, as people know it."""

from __future__ import annotations

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
    return _TITLES.get(type(backend).__module__) or f"the keyring {getattr(backend, 'name', '')}"
