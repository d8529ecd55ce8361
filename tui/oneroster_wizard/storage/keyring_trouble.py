"""What to say when the keyring of this computer cannot be used: one sentence, and what to do."""

from __future__ import annotations

import sys
from typing import Literal

Kind = Literal["missing", "locked", "hanging", "not-kept", "too-long", "failed", "elsewhere"]

_SENTENCES: dict[Kind, str] = {
    "missing": "This computer has no usable keyring.",
    "locked": "The keyring is locked, or has never been set up.",
    "hanging": "The keyring does not answer.",
    "not-kept": "The keyring took a secret but did not keep it.",
    "too-long": "A secret is too long for the keyring.",
    "failed": "The keyring refused.",
    "elsewhere": "The secrets in the keyring were saved for another host, so they were not used.",
}
_HALF = "Part of the change may be in it. That is undone as soon as it answers this program again."
_GO_ON = "Or go on: the secrets then stay in memory until you quit."
_LINUX: dict[Kind, str] = {
    "missing": "Install gnome-keyring or KWallet and log in to the desktop again. Over SSH there may be none.",
    "locked": "Unlock it (in GNOME: Passwords and Keys, right-click Login, Unlock), then try again.",
    "hanging": "Look for a window that asks for the keyring's password; it may be on another screen.",
}
_MAC: dict[Kind, str] = {
    "missing": "Keychain Access should show a login keychain; if not, create one.",
    "locked": "Unlock the login keychain in Keychain Access, and allow Python to use it; then try again.",
    "hanging": "Look for a window that asks to allow access to the keychain; over SSH it cannot appear.",
}
_WINDOWS: dict[Kind, str] = {
    "missing": "Check that the service of Windows Credential Manager (VaultSvc) can start.",
    "locked": "Log in to Windows with your password again, then try again.",
    "hanging": "Check that the Credential Manager service (VaultSvc) runs, then try again.",
}
_ANYWHERE: dict[Kind, str] = {
    "not-kept": "Check which keyring Python uses (python -m keyring diagnose) and choose another.",
    "too-long": "Check that only the secret was pasted, and nothing around it.",
    "failed": "Open the keyring's own program and see whether it can store anything.",
    "elsewhere": "If this address is right, open the profile in the wizard, enter the secrets, and save it.",
}


class KeyringTrouble(Exception):
    """The keyring cannot be used: `kind` for programs, `sentence` and `advice` for people.

    `half` says that a part of a change was made and could not be taken back yet, which the sentence tells too. It
    never holds a secret, nor the exception of the keyring, whose text could.
    """

    def __init__(self, kind: Kind, sentence: str = "", advice: str = "", *, half: bool = False) -> None:
        self.kind: Kind = kind
        self.half = half
        self.sentence = sentence or (f"{_SENTENCES[kind]} {_HALF}" if half else _SENTENCES[kind])
        self.advice = advice or advice_for(kind)
        super().__init__(self.sentence)


def remedy_for(kind: Kind, platform: str = sys.platform) -> str:
    """What a person can do to the keyring, on this platform (a value of `sys.platform`)."""
    words = _MAC if platform == "darwin" else _WINDOWS if platform == "win32" else _LINUX
    return words.get(kind) or _ANYWHERE[kind]


def advice_for(kind: Kind, platform: str = sys.platform) -> str:
    """What a person can do about it, on this platform (a value of `sys.platform`), or without a keyring."""
    # There the keyring itself is in order, and new secrets can be saved.
    if kind == "elsewhere":
        return remedy_for(kind, platform)
    return f"{remedy_for(kind, platform)} {_GO_ON}"
