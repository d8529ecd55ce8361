"""Which certificate authorities are trusted; verification is never off."""

from __future__ import annotations

import ssl

import truststore

from ..errors import CAFileError


def trust(ca_file: str = "") -> ssl.SSLContext:
    """The trust store of this computer, with the authorities of a PEM file added to it when one is given.

    CAFileError, with its reason, when the file cannot be read or holds no certificate.
    """
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file:
        try:
            # What OpenSSL says of a missing file and of a folder is the same on no two systems.
            with open(ca_file, "rb"):
                pass
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ValueError) as error:
            raise CAFileError(ca_file, _reason(error)) from None
    return context


def _reason(error: OSError | ValueError) -> str:
    match error:
        case ssl.SSLError():
            return "it holds no certificate in PEM form"
        case FileNotFoundError():
            return "there is no such file"
        case IsADirectoryError():
            return "it is a folder"
        case PermissionError():
            return "you are not allowed to read it"
        case ValueError():
            return "this is not the name of a file"
    return (error.strerror or "it cannot be opened").lower()
