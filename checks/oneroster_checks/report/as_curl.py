"""One request of a run as text for a shell that makes it again with curl: no secret in it, and none in an argument.

The text runs in bash and zsh. Secrets are read from the environment or typed unseen, and go through pipes: what a
process was started with, everybody on the machine can see. Everything that a server may have written stands between
single quotes, and never in a comment, which a shell may read as words.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from ..authorized import VENDOR_HEADER, Authorized, AuthorizedBy, TokenForm
from ..connection import Connection
from ..evidence import Evidence, EvidenceKind
from ..redaction import HIDDEN
from ..redaction.ids import CUT
from ..result import Result
from ..urls import place_of
from ..version import USER_AGENT
from .redacted import shown_fields, shown_request
from .requests import address_of

# The variables in which this program looks for secrets, too.
_SECRET, _VENDOR_KEY, _VENDOR_SECRET = (
    "ONEROSTER_CLIENT_SECRET",
    "ONEROSTER_VENDOR_KEY",
    "ONEROSTER_VENDOR_SECRET",
)
_ASK = """[ -n "${{{0}-}}" ] || {{ printf '{1}: ' >/dev/tty; read -rs {0} </dev/tty || exit; echo >/dev/tty; }}"""
# Form-encodes its argument byte by byte, as the standard asks for the halves of the Basic header.
_ENCODED = (
    """encoded() { printf %s "$1" | LC_ALL=C awk 'BEGIN { for (i = 1; i < 256; i++) hex[sprintf("%c", i)] = """
    """sprintf("%%%02X", i) } { for (i = 1; i <= length($0); i++) { sign = substr($0, i, 1); """
    """printf "%s", sign ~ /[A-Za-z0-9_.~-]/ ? sign : sign == " " ? "+" : hex[sign] } }'; }"""
)
_WITHOUT_TOKENS = """sed 's/\\("[a-z]*_token" *: *"\\)[^"]*/\\1[hidden]/g'"""
_TOKEN_IN = """tr -d '\\n' | sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p'"""
_NO_TOKEN = """[ -n "$TOKEN" ] || { echo 'No token came back.' >&2; exit 1; }"""
_ABOUT_SECRETS = "# Secrets are read from the environment or typed unseen. No process list shows them."
_ABOUT_PEOPLE = (
    "# The answer may contain personal data of students. Share its status and headers, not its body."
)
_ABOUT_HIDDEN = (
    "# A value is hidden or shortened here, as in every report. Put the real one in its place first."
)
_CANNOT_SIGN = "# OAuth 1 signs every request anew, which curl cannot do. This command sends it signed."
_NO_PROFILE = "# Save the connection as a profile first, and write its name in place of PROFILE."
_FORGED = (
    "# This request was signed with a made-up secret, to see if the server checks it. No command repeats it."
)
_ELSEWHERE = "# This address is on no host of the connection, so no command sends credentials there."
_WRITES = "# This request wrote to the grade book. Do not repeat it by hand: run the write test again."


def curl(evidence: Evidence, result: Result) -> str:
    """A request of a result as lines for a shell, ending in a line break.

    The token of OAuth 2 is a variable, with the lines before it that get one as the run did. A request of OAuth 1 is
    the `get` of this program, which signs it. What writes is no command at all, only a comment.
    """
    connection = shown_fields(result.connection)
    request = shown_request(evidence, result.connection)
    lines = _lines(request, connection, result)
    text = "\n".join(lines)
    hidden = [_ABOUT_HIDDEN] if (HIDDEN in text.replace(_WITHOUT_TOKENS, "") or CUT in text) else []
    return "\n".join([*hidden, *lines]) + "\n"


def _lines(request: Evidence, connection: Connection, result: Result) -> list[str]:
    if request.kind is EvidenceKind.CONNECTION:
        return _opened(request, connection)
    sent = request.authorized or _likely(request, connection)
    places = {place_of(url) for url in (connection.base_url, connection.token_url)}
    if sent.by is not AuthorizedBy.NOTHING and place_of(request.url) not in places:
        return [_ELSEWHERE]
    if request.method != "GET" and sent.by is not AuthorizedBy.CLIENT:
        return [_WRITES]
    match sent.by:
        case AuthorizedBy.CLIENT:
            return _token_request(sent, request.url, connection)
        case AuthorizedBy.SIGNATURE:
            return [_FORGED] if sent.made_up else _signed(request.url, result.profile)
        case AuthorizedBy.NOTHING:
            return [_ABOUT_PEOPLE, *_command(request.url, connection, "--include")]
        case AuthorizedBy.TOKEN | AuthorizedBy.FIXED_TOKEN:
            return _with_token(sent, request, connection, _granted(request, result))


def _likely(request: Evidence, connection: Connection) -> Authorized:
    """How a request was authorized of which that is not known."""
    if connection.oauth == 1:
        return Authorized(AuthorizedBy.SIGNATURE)
    if connection.fixed_token:
        return Authorized(AuthorizedBy.FIXED_TOKEN)
    if request.method == "POST" and request.url == connection.token_url:
        return Authorized(AuthorizedBy.CLIENT, TokenForm.HEADER, connection.scope)
    return Authorized(AuthorizedBy.TOKEN)


def _granted(request: Evidence, result: Result) -> Authorized:
    """The token request that brought the token of this one."""
    for each in reversed(result.trace):
        if each.started and request.started and each.started > request.started:
            continue
        sent, was_granted = each.authorized, each.status is not None and each.status < 300
        if sent is not None and sent.by is AuthorizedBy.CLIENT and was_granted and not sent.made_up:
            return shown_request(each, result.connection).authorized or sent
    return Authorized(AuthorizedBy.CLIENT, TokenForm.HEADER, shown_fields(result.connection).scope)


def _opened(request: Evidence, connection: Connection) -> list[str]:
    """Opening a connection again: with a question that has nothing secret in it."""
    return _command(address_of(request, connection), connection, "--head", "--verbose")


def _signed(url: str, profile: str | None) -> list[str]:
    name = shlex.quote(profile) if profile else "PROFILE"
    about = [_CANNOT_SIGN] if profile else [_CANNOT_SIGN, _NO_PROFILE]
    # A name that begins as an option is none behind two hyphens.
    options = "-- " if name.startswith("-") else ""
    return [*about, f"oneroster-wizard get {options}{name} {shlex.quote(url)}"]


def _token_request(sent: Authorized, url: str, connection: Connection) -> list[str]:
    """A token request on its own; the tokens of its answer are not shown."""
    return [
        _ABOUT_SECRETS,
        "(",
        *_client(sent, connection),
        *_asking(sent, url, connection, "--include"),
        f"  {_WITHOUT_TOKENS}",
        ")",
    ]


def _with_token(
    sent: Authorized, request: Evidence, connection: Connection, granted: Authorized
) -> list[str]:
    """A request with a token, behind the lines that get one."""
    lines = [_ABOUT_PEOPLE, _ABOUT_SECRETS, "("]
    if sent.made_up:
        lines.append("TOKEN=made-up")
    elif sent.by is AuthorizedBy.FIXED_TOKEN:
        lines += [_ASK.format(_SECRET, "Fixed token"), f'TOKEN="${_SECRET}"']
    else:
        first, *others = _asking(granted, connection.token_url, connection)
        lines += [*_client(granted, connection), f"TOKEN=$({first}", *others, f"  {_TOKEN_IN})", _NO_TOKEN]
    headers, values = ["Authorization: Bearer %s"], ['"$TOKEN"']
    if sent.vendor:
        lines += [_ASK.format(_VENDOR_KEY, "Vendor key"), _ASK.format(_VENDOR_SECRET, "Vendor secret")]
        headers.append(f"{VENDOR_HEADER}: %s:%s")
        values += [f'"${_VENDOR_KEY}"', f'"${_VENDOR_SECRET}"']
    form = "".join(f"{header}\\n" for header in headers)
    return [
        *lines,
        f"printf '{form}' {' '.join(values)} |",
        *(f"  {line}" for line in _command(request.url, connection, "--include", "--header @-")),
        ")",
    ]


def _client(sent: Authorized, connection: Connection) -> list[str]:
    """The variables of the client id and the secret, and what encodes them."""
    secret = f"{_SECRET}=made-up" if sent.made_up else _ASK.format(_SECRET, "Client secret")
    encoded = [_ENCODED] if sent.form is TokenForm.HEADER else []
    return [f"CLIENT_ID={shlex.quote(connection.client_id)}", secret, *encoded]


def _asking(sent: Authorized, url: str, connection: Connection, *more: str) -> list[str]:
    """The token request in its form, as lines that end in a pipe."""
    fields = ["--data grant_type=client_credentials"]
    fields += [f"--data-urlencode {shlex.quote(f'scope={sent.scope}')}"] if sent.scope else []
    if sent.form is TokenForm.BODY:
        start = f'printf %s "${_SECRET}" |'
        fields += ['--data-urlencode "client_id=$CLIENT_ID"', "--data-urlencode client_secret@-"]
    else:
        halves = (
            f'"$(encoded "$CLIENT_ID")" "$(encoded "${_SECRET}")"'
            if sent.form is TokenForm.HEADER
            else f'"$CLIENT_ID" "${_SECRET}"'
        )
        start = f"printf 'Authorization: Basic %s\\n' \"$(printf '%s:%s' {halves} | base64 | tr -d '\\n')\" |"
        fields.append("--header @-")
    lines = _command(url, connection, *fields, *more)
    return [start, *(f"  {line}" for line in lines[:-1]), f"  {lines[-1]} |"]


def _command(url: str, connection: Connection, *more: str) -> list[str]:
    """A call of curl as lines; it follows no redirect and reads no pattern in the address, as a run does."""
    scheme = "http" if url.startswith("http://") else "https"
    options: Sequence[str] = (
        f"--silent --show-error --globoff --path-as-is --proto '={scheme}' --max-time {connection.timeout:g}",
        f"--user-agent {shlex.quote(USER_AGENT)} --header 'Accept: application/json'",
        *([f"--cacert {shlex.quote(connection.ca_file)}"] if connection.ca_file else []),
        *more,
        f"--url {shlex.quote(url)}",
    )
    return ["curl \\", *(f"  {line} \\" for line in options[:-1]), f"  {options[-1]}"]
