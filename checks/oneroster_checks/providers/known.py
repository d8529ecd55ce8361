"""The providers as data, from the reference; the letters in the comments are its grades, for how sure a fact is."""

from __future__ import annotations

from ..connection import CAMPUS
from .campus import PLACES
from .model import Note, Provider

# How sure: A/B.
INFINITE_CAMPUS = Provider(
    id=CAMPUS,
    title="Infinite Campus",
    token_url_shape="https://<host>/campus/oauth2/token?appName=<app>",
    base_url_shape="https://<host>/campus/api/oneroster/v1p2/<app>/ims/oneroster",
    client_id_prefix="InfiniteCampus_",
    app_in_address=True,
    same_host=True,
    vendor_header=True,
    page_size=50_000,
    yearly_credentials=("1.1",),
    no_new_oauth1=True,
    settings_screen="Instruction > Settings > Digital Learning Applications Configuration",
    places=PLACES,
    key_name="Key",
    gradebook_license="Campus Learning",
    has_tiles=True,
    renames_users=True,
    role_letters=True,
    accounts_only=("1.1",),
    notes=(
        Note(
            "The district finds the key, secret, base URL and token URL under Information to Share of the "
            "connection: Instruction > Settings > Digital Learning Applications Configuration."
        ),
        Note(
            "OAuth 1 works only with connections made before 2023-12-18. No new ones can be made; a district "
            "moves to OAuth 2 by making a new connection and disabling the old one.",
            oauth=1,
        ),
        Note(
            "OneRoster 1.1 credentials expire one year after they are created, until the district renews them.",
            oneroster="1.1",
        ),
        Note("OneRoster 1.2 connections do not expire.", oneroster="1.2"),
        Note(
            "Moving from 1.1 to 1.2 changes the sourcedId of every user; metadata has ic.legacySourcedId to "
            "match them.",
            oneroster="1.2",
        ),
        Note("During school hours Campus allows one request at a time."),
    ),
)

GENERIC = Provider(
    id="generic",
    title="Another provider (generic)",
    in_sentence="your student information system",
    fixed_token=True,
    notes=(Note("Addresses, scopes and grade-book access follow the OneRoster standard only."),),
)

OTHERS = (
    # How sure: A.
    Provider(
        id="aeries",
        title="Aeries",
        oauth=(2,),
        oneroster=("1.1",),
        token_url_shape="https://<district>.aeries.net/<path>/token",
        base_url_shape="https://<district>.aeries.net/<path>/ims/oneroster/v1p1",
        scope_needed=True,
        notes=(
            Note("At least one scope is required."),
            Note("There are no resources and no DELETE."),
            Note("/enrollments is refused with the roster-core scope alone."),
        ),
    ),
    # How sure: B.
    Provider(
        id="powerschool",
        title="PowerSchool SIS",
        oauth=(2,),
        token_url_shape="https://<district>.powerschool.com/oauth/access_token",
        notes=(Note("The base URL depends on the plugin that the district installed."),),
    ),
    # How sure: B.
    Provider(
        id="classlink",
        title="ClassLink Roster Server",
        oauth=(1,),
        oneroster=("1.1",),
        fixed_token=True,
        notes=(
            Note(
                "There is no token URL: requests are signed with OAuth 1 (HMAC-SHA1 is usual), or carry a fixed "
                "token (the ClassLink proxy)."
            ),
            Note("The base URL is the district's own server or the ClassLink proxy."),
        ),
    ),
    # How sure: B.
    Provider(
        id="skyward",
        title="Skyward",
        oneroster=("1.1",),
        notes=(Note("The district gives key, secret and both addresses."),),
    ),
    # How sure: C.
    Provider(
        id="synergy",
        title="Synergy",
        oauth=(2,),
        oneroster=("1.1",),
        notes=(Note("Grade passback has been seen to fail when the scopes are wrong."),),
    ),
    # How sure: A.
    Provider(
        id="blackbaud",
        title="Blackbaud",
        oauth=(2,),
        oneroster=("1.1",),
        token_url_shape="https://oauth2.sky.blackbaud.com/token",
        base_url_shape="https://api.sky.blackbaud.com/afe-rostr/ims/oneroster/v1p1/",
        scope_needed=True,
        notes=(Note("Errors come without detail."),),
    ),
    # How sure: A.
    Provider(
        id="veracross",
        title="Veracross",
        oauth=(2,),
        oneroster=("1.1",),
        token_url_shape="https://accounts.veracross.com/<school>/oauth/oneroster",
        base_url_shape="https://oneroster.veracross.com/<school>/ims/oneroster/v1p1/",
        scope_needed=True,
        notes=(
            Note("Each operation has its own scope."),
            Note("Only https is answered."),
        ),
    ),
    # How sure: A.
    Provider(
        id="ed-fi",
        title="Ed-Fi ODS/API",
        oauth=(2,),
        oneroster=("1.2",),
        token_url_shape="the ODS/API's own token URL",
        base_url_shape="https://<host>/<path>/ims/oneroster/rostering/v1p2",
        scope_needed=True,
        page_size=500,
        notes=(
            Note("Rostering can be read; there is no grade book."),
            Note("Demographics need their own scope."),
            Note("Pages hold at most 500 records, with no total and no links to the next page."),
        ),
    ),
)
