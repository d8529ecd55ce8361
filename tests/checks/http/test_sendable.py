"""An address is sent as it is read at once, where there is nothing to take out of it."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oneroster_checks.http.address import Places, UnsendableURL, as_sent, connection_of

_PARTS = st.text("abzA0./:?&=%'\"[]~+- \\\u00e9\u4f60@#", max_size=14)
_HOSTS = st.sampled_from(
    (
        "host.example",
        "HOST.example:80",
        "h:443",
        "h:8080",
        "[::1]:81",
        "127.0.0.1",
        "\u00e9.example",
        "u:p@h",
        "",
    )
)


@given(st.sampled_from(("http", "https", "HTTP", "ftp")), _HOSTS, _PARTS)
def test_it_is_the_same_as_without_user_and_fragment(scheme: str, host: str, rest: str) -> None:
    url = f"{scheme}://{host}{'/' if rest else ''}{rest}"
    try:
        sent = as_sent(url)
    except UnsendableURL:
        with pytest.raises(UnsendableURL):
            as_sent(url)
        return
    assert sent == str(httpx.URL(url).copy_with(userinfo=b"", fragment=None))
    assert as_sent(sent) == sent
    places = Places()
    assert [places.connection_of(sent) for _ in range(2)] == [connection_of(sent)] * 2
    for end in ("/other", "?a=b", "/x?y=//z"):
        other = as_sent(sent.split("/", 3)[0] + "//" + sent.split("/", 3)[2].split("?")[0] + end)
        assert places.connection_of(other) == connection_of(other)


_PLAIN = st.text("abzA09/._~-?&=%27'()*:", max_size=24)


@given(st.sampled_from(("http", "https")), _HOSTS, _PLAIN)
@example("https", "h:443", "/a/b.c?filter=role%3D%27x%27&limit=10")
@example("http", "h", "/a/./b")
@example("http", "h", "//a")
@example("http", "h", "/a?")
@example("http", "h", "?a=/b")
@example("http", "256.0.0.1", "/a")
@example("http", "h:70000", "/a")
def test_where_it_leads_and_what_is_asked_there_are_as_the_library_has_them(
    scheme: str, host: str, rest: str
) -> None:
    url, places = f"{scheme}://{host}{rest}", Places()
    try:
        as_sent(url)
    except UnsendableURL:
        with pytest.raises(UnsendableURL):
            places.destination(url)
        return
    found = httpx.URL(url).copy_with(userinfo=b"", fragment=None)
    for _ in range(2):
        sent = places.destination(url)
        assert (sent.text, sent.host, sent.target) == (str(found), found.netloc, found.raw_path)
        assert (sent.place.host, sent.place.port) == connection_of(url)
        assert sent.place.secure == (found.scheme == "https")
