"""Which certificate authorities are trusted; verification is never off."""

from __future__ import annotations

import ssl
import sys
from weakref import WeakValueDictionary

import truststore

from ..errors import CAFileError
from ..files import UnusableFile, read_file
from ..limits import CA_FILE_BYTES

# Those of the runs that are under way, by what their files hold: a hundred at once need no more than one.
_in_use: WeakValueDictionary[bytes | None, ssl.SSLContext] = WeakValueDictionary()


def trust(ca_file: str = "") -> ssl.SSLContext:
    """The trust store of this computer, with the authorities of a PEM file added to it when one is given.

    Whoever asks for the same while it is in use gets the same. CAFileError, with its reason, when the file cannot be
    read or holds no certificate.
    """
    try:
        content = read_file(ca_file, CA_FILE_BYTES) if ca_file else None
    except (OSError, ValueError) as error:
        raise CAFileError(ca_file, _reason(error)) from None
    context = _in_use.get(content)
    if context is None:
        context = _of_this_computer()
        if content is not None:
            _add(content, context, ca_file)
        _in_use[content] = context
    return context


class _ReadOnce(ssl.SSLContext):
    """The authorities of OpenSSL's own file, read before the first connection."""

    _is_read = False

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        """What the event loop begins TLS with."""
        if not self._is_read:
            self.set_default_verify_paths()
            self._is_read = True
        return super().wrap_bio(incoming, outgoing, server_side, server_hostname, session)


def _of_this_computer() -> ssl.SSLContext:
    # Where OpenSSL has such a file, truststore takes it as well, and reads it anew for each connection, 20 ms long.
    if sys.platform not in ("darwin", "win32") and ssl.get_default_verify_paths().cafile:
        return _ReadOnce(ssl.PROTOCOL_TLS_CLIENT)
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _add(content: bytes, context: ssl.SSLContext, ca_file: str) -> None:
    # Certificates are ASCII; what stands around them may be in any language.
    text = content.decode("ascii", "replace").encode("ascii", "replace").decode("ascii")
    try:
        context.load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError):
        raise CAFileError(ca_file, "it has no certificate in PEM format") from None


def _reason(error: OSError | ValueError) -> str:
    match error:
        case UnusableFile():
            return str(error.strerror)
        case FileNotFoundError() | NotADirectoryError():
            return "there is no such file"
        case PermissionError():
            return "you are not allowed to read it"
        case ValueError():
            return "this is not a file name"
    return (error.strerror or "it cannot be opened").lower()
