"""Pasted blocks as districts send them: whatever the form, the same fields."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from oneroster_checks.paste import Pasted, read_block

TOKEN = "https://lakeside.infinitecampus.org/campus/oauth2/token?appName=lakeside"
BASE = "https://lakeside.infinitecampus.org/campus/api/oneroster/v1p2/lakeside/ims/oneroster"
BASE_11 = "https://lakeside.infinitecampus.org/campus/oneroster/lakeside/ims/oneroster/v1p1"
KEY = "InfiniteCampus_5f0c1d2e-8a4b"
SECRET = "9b7f3c2a-61de-4f08-b5a1-0c2d3e4f5a6b"
FOUR = {"token_url": TOKEN, "base_url": BASE, "client_id": KEY, "client_secret": SECRET}
ORDER_1 = {"base_url": BASE_11, "client_id": KEY, "client_secret": SECRET}
VENDOR = {"vendor_key": "acme-vendor-77", "vendor_secret": "v3nd0r:s3cret"}


@dataclass(frozen=True)
class Block:
    """A block, the fields in it, and words that a note must hold."""

    id: str
    text: str
    found: dict[str, str] = field(default_factory=lambda: FOUR)
    notes: tuple[str, ...] = ()
    quiet: bool = True


def fields_of(pasted: Pasted) -> dict[str, str]:
    secrets = {
        name: getattr(pasted, name).reveal() for name in ("client_secret", "vendor_key", "vendor_secret")
    }
    return {**pasted.fields, **{name: text for name, text in secrets.items() if text}}


BLOCKS = [
    Block("plain", f"Key: {KEY}\nSecret: {SECRET}\nBase URL: {BASE}\nToken URL: {TOKEN}"),
    Block(
        "information to share",
        f"Information to Share\n\nKey\n{KEY}\nSecret\n{SECRET}\nBase URL\n{BASE}\nToken URL\n{TOKEN}\n",
    ),
    Block(
        "blank lines",
        f"Client ID:\n\n  {KEY}\n\nClient Secret:\n\n  {SECRET}\n\nAPI URL:\n{BASE}\nOAuth URL:\n{TOKEN}",
    ),
    Block(
        "quoted mail",
        f"On Monday somebody wrote:\n> Hi,\n> here it is:\n>\n> > Client ID: {KEY}\n> > Client Secret: {SECRET}\n"
        f"> > API Base URL: {BASE}\n> > OAuth token endpoint: {TOKEN}\n> Best wishes\n",
    ),
    Block("tabs", f"Label\tValue\nKey\t{KEY}\nSecret\t{SECRET}\nBase URL\t{BASE}\nToken URL\t{TOKEN}"),
    Block("tabs, header row", f"Key\tSecret\tBase URL\tToken URL\n{KEY}\t{SECRET}\t{BASE}\t{TOKEN}"),
    Block(
        "markdown table",
        f"| Field | Value |\n|---|---|\n| Client ID | `{KEY}` |\n| Shared secret | `{SECRET}` |\n"
        f"| Endpoint | {BASE} |\n| Token endpoint | {TOKEN} |",
    ),
    Block("column of labels", f"Key\nSecret\nBase URL\nToken URL\n{KEY}\n{SECRET}\n{BASE}\n{TOKEN}"),
    Block("glued", f"Key:{KEY}\nSecret={SECRET}\nBase URL:{BASE}\nToken URL={TOKEN}"),
    Block(
        "sentences",
        f"The client ID is {KEY}. \nThe secret is {SECRET}.\nThe base URL is {BASE}.\nThe token URL is {TOKEN}.",
    ),
    Block(
        "dashes",
        f"- Client ID - {KEY}\n- Client Secret – {SECRET}\n- Base URL — {BASE}\n- Token URL - {TOKEN}",
    ),
    Block("one line", f"Key: {KEY}, Secret: {SECRET}, Base URL: {BASE}, Token URL: {TOKEN}"),
    Block("spaces only", f"Client ID {KEY}\nClient Secret {SECRET}\nBase URL {BASE}\nToken URL {TOKEN}"),
    Block(
        "bold",
        f"**Client ID:** {KEY}\n**Client Secret:** {SECRET}\n**Base URL:** <{BASE}>\n**Token URL:** <{TOKEN}>",
    ),
    Block(
        "numbered",
        f"1. Consumer Key: {KEY}\n2. Consumer Secret: {SECRET}\n3. Endpoint URL: {BASE}\n4. Access Token URL: {TOKEN}",
    ),
    Block("smart quotes", f"Key: “{KEY}”\nSecret: ‘{SECRET}’\nBase URL: “{BASE}”,\nToken URL: “{TOKEN}”."),
    Block(
        "json",
        f'{{"clientId": "{KEY}", "clientSecret": "{SECRET}", "urls": {{"baseUrl": "{BASE}", "tokenUrl": "{TOKEN}"}}}}',
    ),
    Block(
        "env",
        f'export ONEROSTER_CLIENT_ID="{KEY}"\nONEROSTER_CLIENT_SECRET={SECRET}\nONEROSTER_BASE_URL={BASE}\n'
        f"# the token\nONEROSTER_TOKEN_URL='{TOKEN}'\n",
    ),
    Block(
        "yaml",
        f"oneroster:\n  client_id: {KEY}\n  client_secret: {SECRET}\n  base_url: {BASE}\n  token_url: {TOKEN}\n",
    ),
    Block(
        "html",
        f"<table><tr><td><b>Key</b></td><td>{KEY}</td></tr><tr><td>Secret</td><td>{SECRET}</td></tr>"
        f"<tr><td>Base URL</td><td><a href='x'>{BASE}</a></td></tr><tr><td>Token URL</td><td>{TOKEN}</td></tr></table>",
    ),
    Block(
        "mail links", f"Key: {KEY}\nSecret: {SECRET}\nBase URL: {BASE}<{BASE}>\nToken URL: [{TOKEN}]({TOKEN})"
    ),
    Block(
        "wrapped addresses",
        f"Key: {KEY}\nSecret: {SECRET}\nBase URL:\nhttps://lakeside.infinitecampus.org/campus/api/oneroster/v1p2/\n"
        "lakeside/ims/oneroster\nToken URL: https://lakeside.infinitecampus.org/campus/oauth2/token?\nappName=lakeside\n",
        notes=("line break inside the base URL", "line break inside the token URL"),
    ),
    Block(
        "wrapped inside a word",
        f"> Key: {KEY}\n> Secret: {SECRET}\n> Token URL: {TOKEN}\n"
        "> Base URL: https://lakeside.infinitecampus.org/campus/api/oneroster/v1p2/lakeside/ims/one\n> roster\n",
        notes=("line break inside the base URL",),
    ),
    Block(
        "wrapped secret",
        f"Key: {KEY}\nSecret: 9b7f3c2a-61de-4f08-\nb5a1-0c2d3e4f5a6b\nBase URL: {BASE}\nToken URL: {TOKEN}",
        notes=("line break inside the client secret",),
    ),
    Block(
        "invisible characters",
        f"Key:\u00a0{KEY}\u200b\nSecret:\u00a0\u200b{SECRET}\nBase\u00a0URL: {BASE}\u200b\nToken URL:\ufeff {TOKEN}",
        notes=("Invisible characters",),
    ),
    Block("no labels", f"{TOKEN}\n{BASE}\n{KEY}\n{SECRET}\n", notes=("The client secret had no label",)),
    Block(
        "no scheme",
        f"Key: {KEY}\nSecret: {SECRET}\nBase URL: {BASE.removeprefix('https://')}\nToken URL: {TOKEN.removeprefix('https://')}",
        notes=("https:// was added to the base URL", "https:// was added to the token URL"),
    ),
    Block(
        "generic labels",
        f"API Key: {KEY}\nSecret Key: {SECRET}\nEndpoint: {BASE}\nURL: {TOKEN}",
    ),
    Block(
        "said twice",
        f"Key: {KEY}\nSecret: {SECRET}\nBase URL: {BASE}\nToken URL: {TOKEN}\n> Key: {KEY}\n> Secret: {SECRET}",
    ),
    Block(
        "two secrets",
        f"Key: {KEY}\nSecret: {SECRET}\nBase URL: {BASE}\nToken URL: {TOKEN}\nSecret: another-secret-123",
        notes=("Two different values for the client secret",),
    ),
    Block(
        "two services",
        f"Key: {KEY}\nSecret: {SECRET}\nToken URL: {TOKEN}\nRostering URL: {BASE}/rostering/v1p2\nGradebook URL: {BASE}/gradebook/v1p2",
        found={**FOUR, "base_url": f"{BASE}/rostering/v1p2"},
    ),
    Block(
        "words in place of the secret",
        f"Key: {KEY}\nSecret: will be sent separately by phone\nBase URL: {BASE}\nToken URL: {TOKEN}",
        found={name: value for name, value in FOUR.items() if name != "client_secret"},
        notes=("client secret label does not look like one",),
    ),
    Block(
        "secret that is not there",
        f"Key: {KEY}\nSecret: ********\nBase URL: {BASE}\nToken URL: {TOKEN}",
        found={name: value for name, value in FOUR.items() if name != "client_secret"},
    ),
    Block(
        "vendor pair",
        f"Key: {KEY}\nSecret: {SECRET}\nBase URL: {BASE}\nToken URL: {TOKEN}\n"
        f"x-vendor-authorization: {VENDOR['vendor_key']}:{VENDOR['vendor_secret']}",
        found={**FOUR, **VENDOR},
    ),
    Block(
        "vendor lines",
        f"Vendor Secret: {VENDOR['vendor_secret']}\nVendor Key: {VENDOR['vendor_key']}\nToken URL: {TOKEN}\n"
        f"Base URL: {BASE}\nClient Secret: {SECRET}\nClient ID: {KEY}",
        found={**FOUR, **VENDOR},
    ),
    Block(
        "oauth 1",
        f"OneRoster 1.1, OAuth 1\nConsumer Key: {KEY}\nConsumer Secret: {SECRET}\nOneRoster URL: {BASE_11}",
        ORDER_1,
    ),
    Block(
        "mail filter",
        f"Key: {KEY}\nSecret: {SECRET}\nBase URL: https://urldefense.com/v3/__{BASE}__;!!abc!def$\n"
        "Token URL: https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Flakeside.infinitecampus.org"
        "%2Fcampus%2Foauth2%2Ftoken%3FappName%3Dlakeside&data=05%7C01&reserved=0",
        notes=("base URL was taken from a mail filter's link", "token URL was taken from"),
    ),
    Block(
        "secret with signs",
        f"Key: {KEY}\nSecret: aB3$/+x==!9?z\nBase URL: {BASE}\nToken URL: {TOKEN}",
        found={**FOUR, "client_secret": "aB3$/+x==!9?z"},
    ),
    Block(
        "remark behind",
        f"Key: {KEY} (client id)\nSecret: {SECRET} (keep it safe)\nBase URL: {BASE} (for rostering)\nToken URL (OAuth 2): {TOKEN}",
    ),
    Block(
        "windows mail, soft breaks",
        f"Key: {KEY}\r\nSecret: {SECRET}\r\nBase URL: {BASE[:60]}=\r\n{BASE[60:]}\r\n"
        f"Token URL: {TOKEN.replace('=', '=3D')}\r\n",
    ),
    Block(
        "fields swapped",
        f"Key: {SECRET}\nSecret: {KEY}\nBase URL: {TOKEN}\nToken URL: {BASE}",
        found={"client_id": SECRET, "client_secret": KEY, "base_url": TOKEN, "token_url": BASE},
    ),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.id)
def test_a_block_fills_the_fields(block: Block) -> None:
    pasted = read_block(block.text)
    assert fields_of(pasted) == block.found
    assert set(pasted.found) == set(block.found)
    assert len(pasted.notes) == len(block.notes), pasted.notes
    for expected in block.notes:
        assert any(expected in note for note in pasted.notes), pasted.notes


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.id)
def test_nothing_that_is_shown_holds_a_secret(block: Block) -> None:
    pasted = read_block(block.text)
    shown = repr(pasted) if block.id != "fields swapped" else " ".join(pasted.notes)
    for text in (SECRET, "another-secret-123", *VENDOR.values(), "b5a1-0c2d3e4f5a6b", "aB3$/+x==!9?z"):
        assert text not in shown
