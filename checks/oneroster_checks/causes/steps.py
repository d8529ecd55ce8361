"""Steps that many causes share, with the names of Infinite Campus's screens in one place."""

from __future__ import annotations

import re
from dataclasses import replace

from ..connection import CAMPUS as CAMPUS
from ..labels import capitalized
from ..providers.campus import SCHOOL_YEARS, USERS
from .model import Step, Who, district, later, you

# The new menu by Infinite Campus's own help, the classic one by its partners' help pages.
CLICK_PATHS = (
    "Instruction > Settings > Digital Learning Applications Configuration",
    "in the classic menu: System Administration > Learning Interoperability",
)
SCREEN = "Open {} ({})".format(*CLICK_PATHS)
SCREEN_NAME = "Digital Learning Applications Configuration"
# The place of the click path in a step on that screen.
PATH = "<path>"
_APART = re.compile(rf"{PATH}([a-z])")

# Where people look the facts up.
CAMPUS_HELP = "Infinite Campus help: OneRoster Connections"
PARTNERS_HELP = "OneRoster help pages of Infinite Campus partners"
STANDARD = "1EdTech OneRoster 1.1 and 1.2"

NEW_VALUES = you("If the district sends new values, put them in their fields.")
AGAIN = you("Run the checks again.")
AWAIT = you("When the district has answered, run the checks again.")
TRACE_AGAIN = you("Trace it again.")
AWAIT_TRACE = you("When the district has answered, trace it again.")
COMPARE_AGAIN = you("Compare both again.")
AWAIT_COMPARE = you("When the district has answered, compare both again.")
# The last step where the district is asked for nothing, so that nobody waits for it.
WITHOUT_AWAIT = {AWAIT: AGAIN, AWAIT_TRACE: TRACE_AGAIN, AWAIT_COMPARE: COMPARE_AGAIN}
SUPPORT = district(
    "Open a support case with the provider, with the full address and the time of the request.",
    cites_request=True,
    line="Open a support case with the provider, citing the request.",
)
ASK_OF_MAINTENANCE = district(
    "[[-maintenance|Check whether the student information system is under maintenance.]]",
    reply="what you find",
    line="[[-maintenance|Check whether the system is under maintenance.]]",
)
MAINTENANCE_ENDS = district(
    "[[?maintenance|Tell {vendor} when the maintenance ends.]]", reply="the end of the maintenance"
)
CASE_IF_IT_LASTS = later(
    district(
        "If it lasts, open a support case with the provider, with the full address and the time of the request.",
        cites_request=True,
        line="If it lasts, open a support case with the provider.",
    )
)
# People who are searched for: what is shown shortened finds nobody.
EXAMPLES = (
    "[[ (for example, {whole_examples})]][[ (ask {vendor} for the whole sourcedIds of {cut_examples})]]"
)
# Before anything that a district does about examples that are all shortened or hidden.
GIVE_WHOLE_IDS = you(
    "[[In your own copy of the data, find the whole sourcedIds behind {cut_examples}, and give them to the district. "
    "This tool shows only the ends of an id that could be a name or a number of a person.]]"
    "[[?hidden_examples|In your own copy of the data, find the records that this is about, and give their sourcedIds "
    "to the district. This tool hides these ids, since they are also personal data, such as student numbers.]]",
    line="[[?cut_examples|Find the whole sourcedIds in your own copy of the data.]]"
    "[[?hidden_examples|Find the sourcedIds in your own copy of the data.]]",
)
COMPARE_BASE_URL = you("Compare the base URL field with what the district sent.")
COMPARE_PORT = you(
    "Compare the port[[ in the {field} field]] with what the district sent; https needs none.",
    line="Compare the port with what the district sent.",
)
MAKE_ACTIVE = district(
    "In the student information system, make the connection active and enabled.",
    line="Make the connection active and enabled.",
)
NO_TOKEN_URL_AT_CLASSLINK = you(
    "Choose OAuth 1, or a fixed token if the district sent one: ClassLink Roster Server has no token URL.",
    line="Choose OAuth 1, or a fixed token if the district sent one.",
)
SUGGESTION = you(
    "[[Put this in the {field} field: {suggestion}]]",
    uses_suggestion=True,
    general="Put the suggested address in its field.",
    line="[[?suggestion|Put the suggested value in the {field} field.]]",
)


def on_screen(template: str, *, line: str, sends_secret: bool = False) -> Step:
    """The district does something on the screen of all connections; PATH stands where its click path goes.

    `line` is the same in one line, without the path.
    """
    apart = _APART.sub(lambda found: found[1].upper(), template)
    return Step(
        Who.DISTRICT,
        _APART.sub(lambda found: f"{SCREEN}. {found[1].upper()}", template),
        sends_secret,
        screen=SCREEN_NAME,
        again=template.replace(PATH, "On the same screen, "),
        line=line,
        path=CLICK_PATHS,
        apart=apart,
    )


def on_connection(text: str, *, line: str, sends_secret: bool = False, reply: str = "") -> Step:
    """The district does something in the connection's own settings. `text` begins with a small letter.

    `line` is the same in one line, `reply` what is sent back.
    """
    return Step(
        Who.DISTRICT,
        f"{SCREEN} and click Edit on {{vendor_own}} connection. {capitalized(text)}",
        sends_secret,
        SCREEN_NAME,
        f"On the same connection, {text}",
        reply=reply,
        line=line,
        path=CLICK_PATHS,
        apart=f"Click Edit on {{vendor_own}} connection. {capitalized(text)}",
    )


def copy_in_campus(what: str, it: str = "it", *, but: str = "", line: str = "") -> Step:
    """The district copies a value from the connection in Campus and sends it; `but` says more about it.

    `line` is the whole of it in one line, where the usual one does not do.
    """
    return on_connection(
        f"under Information to Share, copy {what}{but} and send {it} to {{vendor}} as text.",
        reply=what,
        line=line or f"On the connection, copy {what} and send {it}.",
    )


BOTH_URLS_IN_CAMPUS = copy_in_campus(
    "the Base URL and the Token URL",
    "both",
    line="On the connection, copy and send the Base URL and Token URL.",
)


def copy_secret_in_campus(what: str) -> Step:
    """The same for values that ordinary mail should not carry."""
    return on_connection(
        f"under Information to Share, copy {what} and send them to {{vendor}} over a channel that is safe "
        "for passwords.",
        sends_secret=True,
        line=f"On the connection, copy and send {what} safely.",
    )


SEND_NEW_VALUES = later(
    district(
        "If a new connection was created, send its Key, Secret, Base URL, and Token URL to {vendor} over a channel "
        "that is safe for passwords.",
        sends_secret=True,
        line="If a new connection was created, send its values safely.",
    )
)
PASTE_AGAIN = you(
    "Paste the key and secret again, whole, from what the district sent last.",
    line="Paste the latest key and secret from the district again.",
)
SEND_CURRENT_SECRET = district(
    "Send {vendor} the current key and secret over a channel that is safe for passwords.",
    sends_secret=True,
    line="Send {vendor} the current key and secret safely.",
)
PUT_BOTH_IN_FIELDS = you("Put them in the client id and client secret fields.")


def version_in_campus(what: str = "OneRoster version") -> Step:
    """The district looks up what kind of connection it has."""
    return on_connection(
        f"look up its {what} and tell {{vendor}}.",
        reply=f"the {what}",
        line=f"On the connection, look up its {what}.",
    )


def share_in_campus(part: str, *, line: str = "") -> Step:
    """The district turns on a part of Data to Share, which is called as its switch is.

    `line` is the same in one line, where `part` can name several.
    """
    return on_connection(
        f"under Data to Share, turn on {part}, then click Save.",
        line=line or f"On the connection, turn on {part} under Data to Share.",
    )


def supported(part: str) -> Step:
    """The district looks why a part has no switch; `part` is called as its switch is."""
    text = (
        f"If {part} is not offered under Data to Share, check whether the connection is under Connect to Other "
        "Applications: those carry Rostering only. A new connection from {vendor_own} own tile, where there is one, "
        "carries more."
    )
    # Where others were tried first, the path is known.
    line = f"If {part} is not offered, check the kind of connection."
    return later(replace(on_connection(text, line=line), again=text))


def license_needed(when: str) -> Step:
    """The district looks whether it has the license that the grade book needs."""
    return later(
        district(
            f"{when}, check whether the district has a Campus Learning license. Without it, only Rostering and "
            "Demographics can be shared.",
            line="If it is still missing, check for a Campus Learning license.",
        )
    )


ACTIVE_IN_CAMPUS = on_connection(
    "make sure that Status is Active (or Enabled), then click Save.",
    line="On the connection, make sure that Status is Active or Enabled.",
)
SCHOOLS_IN_CAMPUS = on_connection(
    "select the schools to share with {vendor}, then click Save.",
    line="On the connection, select the schools to share, then Save.",
)
ACTIVE_YEAR_IN_CAMPUS = district(
    f"Open {SCHOOL_YEARS} and make sure that the current year is marked active.",
    line="Make sure that the current school year is marked active.",
)
# Only spoken of where the credentials are known to end: they belong to OneRoster 1.1, whatever the OAuth version.
RENEW_IF_OLD_IN_CAMPUS = on_screen(
    f"[[{PATH}find {{vendor_own}} connection, and, if it was created or last renewed more than {{lifetime}} ago, "
    "choose Renew: OneRoster 1.1 credentials expire, and Renew keeps the same key and secret.]]"
    "[[ By the creation date, they expire on {expires}.]]",
    line="[[?lifetime|Renew it if it was created or renewed more than {lifetime} ago.]]",
)


def records_in_campus(which: str) -> Step:
    """The district looks up the records that references lead to; `which` says what they are."""
    return district(
        f"Look up the {which} that the examples refer to, each on its own screen[[: {{places_in_campus}}]].",
        line=f"Look up the {which} that the examples refer to.",
    )


def where_absent(fact: str, step: Step) -> Step:
    """A step that is taken only where a fact is missing."""
    return _guarded(f"-{fact}", step)


def where_known(fact: str, step: Step) -> Step:
    """A step that is taken only where a fact is known."""
    return _guarded(f"?{fact}", step)


def _guarded(condition: str, step: Step) -> Step:
    text, again, line, apart = (
        f"[[{condition}|{each}]]" if each else "" for each in (step.text, step.again, step.line, step.apart)
    )
    return replace(step, text=text, again=again, line=line, apart=apart)


def open_users(whom: str, examples: str = "") -> Step:
    """The district looks somebody up among the users of Campus; `examples` follow in the whole text."""
    return district(
        f"Open {USERS} and search for {whom}{examples}. A person with a user account has a username below the name in "
        "the results.",
        line=f"Search Users for {whom}.",
    )
