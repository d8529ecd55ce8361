"""The message as it would be sent: subject, greeting, names, why, what to reply, as a link, and what to try next."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from oneroster_checks import Letterhead, message_to_district, second_message
from oneroster_checks.connection import OAuthVersion
from oneroster_checks.report import render
from oneroster_checks.report.limits import MAILTO_CHARACTERS, NAME_CHARACTERS
from oneroster_checks.result import Result
from oneroster_practice import PracticeDistrict

from .districts.district import District, data_says, gradebook_says
from .districts.replies import bare, error_1_2
from .districts.row import VENDOR_PAIR, Row, Typed, fails, run
from .districts.shapes import CAMPUS
from .engine import outcome

NAMES = Letterhead("Elm County Schools", "Acme Reading", "Ann Lee")
NEITHER = District(CAMPUS).where(
    data_says(error_1_2(403, "forbidden"), "demographics"), gradebook_says(bare(403))
)
ALL_PARTS = Typed(share=("rostering", "demographics", "gradebook"), vendor=VENDOR_PAIR)


async def _result(problem: str | None, oauth: OAuthVersion | None = None) -> Result:
    with PracticeDistrict(problem, oauth=oauth) as district:
        result = await outcome(district.connection, district.credentials)
    # In June the school year of the practice district ends soon, which is another matter.
    return replace(result, endings=())


async def test_a_message_is_ready_to_be_sent(tmp_path: Path) -> None:
    result, _ = await run(Row("neither", NEITHER, fails("sharing.demographics-off"), ALL_PARTS), tmp_path)
    message = message_to_district(result, NAMES)
    assert message.subject == (
        "OneRoster connection with Acme Reading: Demographics and Grade Book are not shared"
    )
    lines = message.body.splitlines()
    assert lines[0] == "Hello Elm County Schools team,"
    assert lines[2].startswith(
        "We tested the OneRoster 1.2 connection between Infinite Campus and Acme Reading today, and found this: "
    )
    assert "A connection shares only what is turned on for it." in lines
    assert [line for line in lines if line[:1].isdigit()] == [
        "1. Open Instruction > Settings > Digital Learning Applications Configuration (in the classic menu: System "
        "Administration > Learning Interoperability) and click Edit on our connection. Under Data to Share, turn on "
        "Demographics and Grade Book, then click Save."
    ]
    assert "Please reply when it is done; we will then run the test again." in lines
    assert lines[-3:] == ["Thank you,", "Ann Lee", "Acme Reading"]
    assert message.text == f"Subject: {message.subject}\n\n{message.body}"


async def test_names_that_are_not_known_are_left_out() -> None:
    message = message_to_district(await _result("sharing.demographics-off"))
    assert message.subject == "OneRoster connection: Demographics are not shared"
    assert message.body.startswith(
        "Hello,\n\nWe tested the OneRoster 1.2 connection between Infinite Campus and our product"
    )
    assert message.body.endswith("\n\nThank you.\n")
    half = message_to_district(await _result("sharing.demographics-off"), Letterhead(product="Acme"))
    assert half.body.endswith("\n\nThank you,\nAcme\n")


async def test_a_name_is_one_line_that_does_nothing() -> None:
    names = Letterhead("Elm\r\nBcc: x@y.example\x1b[31m", "A" * 500, "Ann\u202eLee")
    message = message_to_district(await _result("sharing.nothing"), names)
    assert message.body.startswith("Hello Elm Bcc: x@y.example[31m team,\n")
    assert "A" * NAME_CHARACTERS in message.subject
    assert "A" * (NAME_CHARACTERS + 1) not in message.text
    assert "\nAnnLee\n" in message.body
    assert "%0D%0ABcc" not in message.mailto


async def test_html_has_a_link_that_opens_the_mail() -> None:
    result = await _result("sharing.demographics-off")
    page = render([result], "html", lambda each: NAMES)
    (link,) = re.findall(r'<a href="(mailto:[^"]*)"', page)
    fields = parse_qs(urlsplit(html.unescape(link)).query, strict_parsing=True)
    message = message_to_district(result, NAMES)
    assert fields == {"subject": [message.subject], "body": [message.body.replace("\n", "\r\n")]}
    assert len(link) < MAILTO_CHARACTERS


async def test_a_message_that_is_too_long_for_a_link_has_none() -> None:
    result = await _result("sharing.nothing")
    long = replace(result.connection, base_url=f"https://d.example/{'x' * MAILTO_CHARACTERS}")
    message = message_to_district(replace(result, connection=long))
    assert message.body
    assert message.mailto == ""
    assert "mailto:" not in render([replace(result, connection=long)], "html")


async def test_the_reply_names_what_is_asked_for() -> None:
    message = message_to_district(await _result("token.not-an-endpoint"), NAMES)
    assert "Please reply with the Token URL; we will then run the test again." in message.body


async def test_a_wrong_clock_is_looked_for_on_our_side_first() -> None:
    result = await _result("clock.skew", oauth=1)
    message = message_to_district(result, NAMES)
    assert (
        "and found something that we will look at on our side first: our computer's clock and your server's differ by "
        "1 h. There is nothing for you to do." in message.body
    )
    second = second_message(result, NAMES)
    assert second.subject.endswith(": Our clock and the server's differ (next steps)")
    assert "1. Check the clock of your server: it is 1 h ahead of ours." in second.body


async def test_our_own_address_is_nothing_for_the_district() -> None:
    message = message_to_district(await _result("address.legacy"), NAMES)
    assert (
        "that we can fix ourselves: the base URL that we had entered is an old one. There is" in message.body
    )
    assert "\n1. " not in message.body


async def test_what_helps_next_is_a_message_of_its_own() -> None:
    result = await _result("gradebook.not-enabled")
    first, second = message_to_district(result, NAMES), second_message(result, NAMES)
    assert "Campus Learning license" not in first.body
    assert "Connect to Other Applications" not in first.body
    assert "turn on Grade Book" not in second.body
    assert "check whether the district has a Campus Learning license" in second.body
    assert second.body.startswith(
        "Hello Elm County Schools team,\n\nThank you for your help so far. We tested"
    )
    assert "Could you please try the following next?" in second.body


async def test_what_a_hint_explained_is_tried_next() -> None:
    """Two hosts were the likeliest reason; if they are right, the token itself is refused for another one."""
    second = second_message(await _result("address.host-mismatch"), NAMES)
    assert "1. Open Instruction > Settings" in second.body
    assert "Make sure that Status is Active (or Enabled), then click Save." in second.body


async def test_nothing_further_is_one_sentence_to_the_vendor() -> None:
    message = second_message(await _result("oauth1.expired"))
    assert message.body == ""
    assert message.unneeded == (
        "There is no second message to send: nothing more is known for the district to do about “Expired "
        "credentials”."
    )
    well = second_message(await _result(None))
    assert well.unneeded == "There is no second message to send: there is no problem to fix."


async def test_several_messages_say_whose_they_are() -> None:
    result = replace(await _result("sharing.nothing"), profile="elm")
    both = render([result, replace(result, profile="oak")], "message")
    assert both.startswith("elm\n\nSubject: OneRoster connection: Nothing is shared\n")
    assert both.count("\noak\n\nSubject: ") == 1
    assert render([result], "message").startswith("Subject: ")
