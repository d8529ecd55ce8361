"""Every limit of a run: times in seconds, sizes in bytes, and how often something is tried."""

from __future__ import annotations

from typing import TypeGuard

# One request, from its start to the last byte, when the user names no other; and what may be named. No server
# is reached and answers in less than the shortest.
REQUEST_S = 30.0
SHORTEST_REQUEST_S = 0.1
LONGEST_REQUEST_S = 600.0
# How many times as long a whole run may take, waits that the server asks for not counted; a full read has its own
# limit. A little below three times, so that the start and the end of the program fit in, too.
RUN_REQUEST_TIMES = 2.7
# The requests of a run, with a margin above what the slowest way to a cause takes, which are 40.
RUN_REQUESTS = 60
# When less is left of a run than one more answer is likely to take, with this margin, a search ends with what it has.
LATE_ANSWERS = 1.2
# Until a connection is made, TLS included.
CONNECT_S = 10.0
# Between the starts of two connection attempts to several addresses of one host (RFC 8305, section 5).
NEXT_ADDRESS_S = 0.25
# A question in plain HTTP to a port that did not answer in TLS.
PLAIN_QUESTION_S = 3.0
# How long such a port is listened to before the question, since some protocols begin with the server.
BANNER_S = 0.3
# Enough of its answer to see whether it is HTTP; and how long a peer may take over the goodbye of TLS.
PLAIN_ANSWER_BYTES = 64
GOODBYE_S = 1.0
# A server's answer, as it is sent and unpacked; the largest page that is asked for has 4 to 8 MB.
ANSWER_BYTES = 16 * 1024 * 1024
# The headers of one that are kept; web servers send some twenty.
HEADERS = 200
# The cookies of one host; browsers keep some 4,000 characters of each, and servers refuse longer headers than this.
COOKIES_CHARACTERS = 16_000
# The parts in which a packed answer may come, and the name of a coding as it is shown.
GZIP_MEMBERS = 1000
CODING_CHARACTERS = 20
# JSON is decoded up to so many values, of which an object counts twice since it takes most memory, and to so many of
# them inside each other: 5,000 records have some 225,000. Its text may take so much memory; with one character beyond
# 16 bits each takes four bytes.
JSON_VALUES = 350_000
JSON_DEPTH = 100
JSON_TEXT_BYTES = 2 * ANSWER_BYTES
# A page of a full read is decoded straight into typed records, which takes far less memory, up to so many commas and
# objects; 16 MB of rich records have less than this.
RAW_JSON_VALUES = 2_000_000
# Of a longer answer so much is looked at for records, and so many are read.
BEGINNING_BYTES = 1024 * 1024
BEGINNING_RECORDS = 1100
# What stays of an answer behind its request, in bytes of memory: of one, and of all that a run still needs; entries of
# one list or object; and characters of a text, where it may be a token, and elsewhere.
KEPT_OF_AN_ANSWER_BYTES = 3_000_000
KEPT_OF_A_RUN_BYTES = 45_000_000
KEPT_ENTRIES = 1200
KEPT_TOKEN_CHARACTERS = 64 * 1024
KEPT_CHARACTERS = 1000
# What is looked at of a web page: its beginning to tell that it is one, and how much to see what it says.
PAGE_BEGINNING = 2000
PAGE_CHARACTERS = 20_000
# What is read of a header with a grammar of its own.
HEADER_CHARACTERS = 2000
# The longest address that a server names and this tool reads; web servers refuse longer ones.
ADDRESS_CHARACTERS = 8000
# A Link header names at most a few of them.
LINK_CHARACTERS = 4 * ADDRESS_CHARACTERS
LINKS_OF_AN_ANSWER = 20
# A moment in a header has some thirty characters, and a number some ten digits.
MOMENT_CHARACTERS = 80
NUMBER_CHARACTERS = 40
# The cookies of one answer, and the characters of one; browsers keep no longer ones.
COOKIES_OF_AN_ANSWER = 20
COOKIE_CHARACTERS = 4096
# A server's own words, and where a redirect leads, as they are shown.
DETAIL_CHARACTERS = 200
# What is looked at of them before the redaction, and of how many values; an error body has few, records have more.
SAID_CHARACTERS = 2000
SAID_VALUES = 6
ERROR_BODY_VALUES = 2000
# Answers of one finding whose words are shown.
SAID_OF_A_FINDING = 2
LOCATION_CHARACTERS = 200

# Waiting for a server that asks for it: the longest where it names no time, how often for one request, and in one run.
DEFAULT_WAIT_S = 1.0
LONGEST_WAIT_S = 20.0
WAITS_FOR_ONE_REQUEST = 2
WAITING_IN_A_RUN_S = 60.0
# A server that asks for longer is taken to ask for this: no one waits a year, and no clock counts beyond it.
LONGEST_RETRY_AFTER_S = 365 * 24 * 3600.0
# Before the retry after a server error that names no time, by status.
WAIT_AFTER_S = {500: 0.0, 502: 0.5, 503: 0.5, 504: 0.5}
# One request with every time that it may be sent again.
REQUESTS_OF_A_RETRY = 1 + WAITS_FOR_ONE_REQUEST
# Second tries of a run that may be in vain: a server that is down is not asked everything twice.
RETRIES_IN_VAIN = 3
# A full read goes on with the page at which it was: the waits before each further try of one page, the pages that may
# fail behind them, and all waiting of the read. Servers that restart are back within a quarter of a minute.
WAITS_FOR_A_PAGE_S = (0.5, 1.0, 2.0, 4.0, 8.0)
PAGES_IN_VAIN = 3
WAITING_IN_A_READ_S = 600.0

# A write test: the requests of one step; how often a record that was written, or removed, is looked for before it
# counts as lost, or as still there, and the pause between; and the rows of a list in which it is looked for.
WRITE_STEP_REQUESTS = 20
LOOKS_FOR_A_RECORD = 3
LOOK_AGAIN_S = 1.0
LOOKED_THROUGH_ROWS = 1000
# When a run ends early, what its write test made is removed within this time, in so many rounds of so many requests.
CLEAN_UP_S = 15.0
CLEAN_UP_ROUNDS = 3
CLEAN_UP_REQUESTS = 60
# A write that got no answer may still be carried out; so long after its removal it is looked for once more.
LATE_WRITE_S = 2.0
# A name that is too long for some grade books: limits of 30 and 50 characters have been seen.
LONG_TITLE_CHARACTERS = 100
# The classes that a run offers for a write test.
CLASSES_OFFERED = 10

# Watching one check: between the starts of two tries.
WATCH_EVERY_S = 5.0
# Tries in a row in which a credential was refused; then a watch stops, as some servers lock a key that fails often.
REFUSALS_OF_A_WATCH = 5

# Rows of one page: the standard's own default, which every server must support.
PAGE_ROWS = 100
# A district has few sessions, a large one some hundreds; one page is meant to hold them all.
SESSION_ROWS = 1000
# This tool's own rule: a session that begins at most so many days after another goes on with its year, summers apart.
YEAR_BREAK_DAYS = 31
# Rows in which a trace looks for one that shows whether a filter is followed, and the pages of a filtered list that it
# reads behind the first: nobody has more than a thousand enrollments.
TRACE_SAMPLE_ROWS = 20
TRACE_PAGES = 10
# Classes, courses and schools of one person that a trace looks up one by one.
TRACE_LOOKS = 12
SORT_ROWS = 20
FILTER_ROWS = 10
# What is asked for where a page of the size above fails: servers are known that allow 50, and ten is little anywhere.
FEWER_ROWS = 50
FEWEST_ROWS = 10
# What is asked for first where a page of a full read has more than this tool reads: rich records have some hundred
# values each.
READABLE_ROWS = 1000
# How often in one run a smaller page may be tried in vain: once before anything was read, and once more after it.
SMALLER_PAGES_IN_VAIN = 2
# An order is seen in three records at least.
ORDERED_ROWS = 3
# A total that is no number, as it is shown.
TOTAL_CHARACTERS = 40
# A page of a full read: what is asked for first, until it is seen how many records make so many bytes; how much larger
# a page may be than the last one; and the share of the time limit of one request that it is meant to take.
FIRST_ROWS = READABLE_ROWS
PAGE_BYTES = 6_000_000
LARGER_PAGE = 8
PAGE_TIME = 0.25
# Pages of nearly the right size stay as they are: this is how much larger, as a factor, one must be worth.
PAGE_SIZE_STEP = 1.25
# Rows take room on the disk of this computer; beyond this many records of one collection reading stops.
RECORDS_OF_A_COLLECTION = 20_000_000
# A full read: the seconds between two words of its progress; its minutes when the user names no others, and what may
# be named; its requests; so many pages may bring fewer new records than the next number; a page with less than this
# share of what was asked for is a small one; and from so many pages on it is judged how long the rest will take.
PROGRESS_S = 0.1
READ_MINUTES = 60.0
SHORTEST_READ_MINUTES = 0.01
LONGEST_READ_MINUTES = 24 * 60.0
READ_REQUESTS = 100_000
POOR_PAGES = 1000
POOR_PAGE_RECORDS = 10
SMALL_PAGE = 0.5
PAGES_TO_PROJECT = 10

# A page of more bytes is decoded into typed records only up to so many values: 16 MB of ordinary records have some
# 700,000. Shorter ones cannot take more memory than that.
TYPED_BYTES, TYPED_VALUES = 8_000_000, 1_000_000
MANY_LINKS = 50_000
# Records that are shown of one finding, by their sourcedIds.
RECORDS_SHOWN = 5
# How many parents are climbed to find orgs that contain themselves; real ones have three or four above them.
ORGS_CLIMBED = 60
# Words of one kind that are told apart before every record is looked at.
WORDS_TOLD_APART = 1000
# Distinct values of one kind that are judged once and remembered, and the longest of them.
VALUES_REMEMBERED = 50_000
REMEMBERED_CHARACTERS = 100
# Pages of the database of records that are kept in memory, in KiB; the rest is on disk, and more is not faster.
DATABASE_CACHE_KIB = 4_000
# Each of the checks of depth full that try every operation or every collection: its requests and seconds, the rows of
# its pages, and the rows that consumers ask for at once.
CONFORMANCE_REQUESTS = 150
CONFORMANCE_S = 600.0
CONFORMANCE_ROWS = 10
ROWS_OF_CONSUMERS = 10_000
# Requests that are shown of one finding.
REQUESTS_SHOWN = 5

# Requests for a token that is refused.
TOKEN_REQUESTS = 8
# Of those, further scopes after an answer that spoke of the client with an OAuth code, and after one without a code.
SCOPES_AFTER_A_CODE = 1
SCOPES_AFTER_A_STATUS = 3
# Scopes that are asked for because a token without one opened nothing; each costs a token and a data request.
SCOPES_FOR_DATA = 6
# Requests for a signature that is refused, with all that it may have been made of.
SIGNED_REQUESTS = 12
# Other forms of an address that are tried, each with one GET.
SUGGESTED_ADDRESSES = 7
# People that are looked up one by one, by role, so that a healthy run stays within its requests.
LOOK_UPS = {"student": 3, "teacher": 2, "guardian": 1}
# Where no total is given, the steps in which the end of a collection is looked for grow by this factor; and the
# requests for its size, and, with rostering alone, for samples of the enrollments.
GROWTH = 8
SIZE_REQUESTS = 2
ENROLLMENT_REQUESTS = 5
# Below this share of those compared, enrollments of absent people are leftovers, not a district without accounts.
FEW_ABSENT = 0.1
# From this share of all references on, those that lead nowhere are a failure.
FEW_DANGLING = 0.01
# Totals that are looked into with one more request each.
DOUBTFUL_TOTALS = 2

# One published test suite wants every answer within 30 seconds; the median is this project's own measure,
# taken when at least so many requests were made.
SLOW_REQUEST_S = 30.0
SLOW_MEDIAN_S = 5.0
ENOUGH_REQUESTS = 4
SHORTEST_TOKEN_S = 60
# What is taken for a token's lifetime, and the scopes that are read of one answer.
LONGEST_TOKEN_S = 1e12
SCOPES_OF_A_TOKEN = 60
# Before yearly credentials end, a warning is due: they were created more than eleven months ago.
EXPIRES_SOON_DAYS = 30

# Days after which an answer of the district is asked for again: settings are changed in between.
ANSWER_DAYS = 30
# One large consumer allows OAuth 1 providers 5 minutes in the future (oneroster.md, "Security").
CLOCK_S = 5 * 60
# From here on a difference of clocks may be why a signature is refused, where the server is that strict.
SMALL_CLOCK_S = 60
# Below this many minutes a difference of the clocks is told with a decimal.
EXACT_BELOW_MIN = 10

# Ports end here.
LAST_PORT = 65535

# Shorter secrets are not hidden: they would blot out ordinary words ("a", "key") without protecting anything.
HIDDEN_SECRET_CHARACTERS = 4
# What follows the scheme of an Authorization header is a token from this length on; "Basic access" is prose.
HIDDEN_TOKEN_CHARACTERS = 8
# A part of a secret is hidden from this length on in what a server says; less of it helps nobody to guess the rest.
HIDDEN_CUT_CHARACTERS = 8
# The shortest text that is taken for a secret by its shape alone; and the longest word, since more letters than
# that are a secret that happens to have no digit.
SECRET_SHAPE_CHARACTERS = 12
WORD_CHARACTERS = 24
# What is learned of secrets in one run: how many, and how many characters of all of them. A token has some thousand
# characters and a run renews it a few times; beyond these no word of a server is shown.
SECRETS_OF_A_RUN = 200
SECRET_CHARACTERS_OF_A_RUN = 40_000
# What is redacted of one text; the rest of it is not shown.
REDACTED_CHARACTERS = 20_000
# Names of people that are learned from records, to scrub them out of free text. A longer name is taken apart into
# so many words each; where one is longer than any name, no word of a server is shown.
NAME_CHARACTERS = 3
NAME_WORDS = 12
LONGEST_NAME_CHARACTERS = 1000
# So many names are kept one by one, and from there on as bits of a table of this size: 2 ** 27 are 16 MB.
NAMES_KEPT = 50_000
NAME_BITS = 27
# A shorter number is one of a school or a grade, and tells of no person.
SHORTEST_PERSONAL_NUMBER = 5

# Files on this computer, in bytes, each far more than one has: a profile, a CA file, and a result as plain data.
PROFILE_BYTES = 64_000
CA_FILE_BYTES = 4_000_000
PLAIN_BYTES = 64_000_000
# What a profile has in it: tables in tables, values in all, and dots in one line and in a text whose error is looked
# for. The work of the parsers grows with the square of these.
PROFILE_DEPTH = 5
PROFILE_VALUES = 500
PROFILE_DOTS_OF_A_LINE = 100
PROFILE_DOTS = 200
# A person has this long to answer a prompt of the keyring.
KEYRING_S = 20.0


def is_read_limit(minutes: object) -> TypeGuard[float]:
    """Whether a value can be the time limit of a full read, in minutes."""
    if isinstance(minutes, bool) or not isinstance(minutes, int | float):
        return False
    return SHORTEST_READ_MINUTES <= minutes <= LONGEST_READ_MINUTES


def is_request_limit(seconds: object) -> TypeGuard[float]:
    """Whether a value can be the time limit of one request, in seconds."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return False
    # What is not a number at all fails both comparisons.
    return SHORTEST_REQUEST_S <= seconds <= LONGEST_REQUEST_S
