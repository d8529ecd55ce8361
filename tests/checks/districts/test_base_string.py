"""OAuth 1 behind a proxy: the server verifies signatures for another address than the one that is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import certificates as paper
from ...servers import html_reply
from .district import District
from .replies import bare
from .row import Port, Row, Typed, fails, healthy, holds, ids
from .shapes import CAMPUS_OAUTH_1, CLASSLINK, GENERIC_OAUTH_1

campus, generic, classlink = District(CAMPUS_OAUTH_1), District(GENERIC_OAUTH_1), District(CLASSLINK)
SECURE = Port(paper.good)
HTTP, HTTPS, NO_PORT, NO_PORT_SECURE = "http://{host}", "https://{host}", "http://{name}", "https://{name}"
WRONG = Typed(secret="of-another-district")

OTHER_ADDRESS = (
    Row("TLS ends at the proxy, and http is verified", generic.where(signed_for=HTTP), fails("oauth1.base-string"),
        port=SECURE),
    Row("TLS ends at the proxy, and http is verified without the port", classlink.where(signed_for=NO_PORT),
        fails("oauth1.base-string"), port=SECURE),
    Row("the port is left out of what is verified", generic.where(signed_for=NO_PORT), fails("oauth1.base-string")),
    Row("the port is left out of what is verified, under https", campus.where(signed_for=NO_PORT_SECURE),
        fails("oauth1.base-string"), Typed(created=700), SECURE),
    Row("the port is left out, only HMAC-SHA1 is known, and 401 is a web page", generic.shaped(signatures=frozenset({
        "HMAC-SHA1"})).where(signed_for=NO_PORT, error=lambda status: html_reply(status, "Unauthorized")),
        fails("oauth1.base-string")),
)  # fmt: skip

SAME_ADDRESS = (
    Row("https is asked and verified", generic.where(signed_for=HTTPS), healthy(), port=SECURE),
    Row("https is asked and verified, and the secret is wrong", classlink.where(signed_for=HTTPS),
        fails("oauth1.rejected"), WRONG, SECURE),
    Row("http is verified behind TLS, and the secret is wrong, too", generic.where(signed_for=HTTP,
        error=lambda status: bare(status)), fails("oauth1.rejected"), WRONG, SECURE),
    Row("the port is left out, the secret is wrong, and it is old", campus.where(signed_for=NO_PORT),
        fails("oauth1.expired"), Typed(secret="of-another-district", created=800)),
)  # fmt: skip


@pytest.mark.parametrize("row", [*OTHER_ADDRESS, *SAME_ADDRESS], ids=ids)
async def test_base_string(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
