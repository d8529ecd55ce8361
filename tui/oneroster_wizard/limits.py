"""Every limit of the wizard's own: times in seconds, texts in characters."""

from __future__ import annotations

# One tool that copies. xclip and its like can wait for ever for a display that does not answer.
CLIPBOARD_TOOL_S = 2.0
# Shorter waits show nothing, so that the screen does not flash.
QUIET_WAIT_S = 0.4
# After a signal the program ends in good order; when that takes longer, at once.
GOOD_ORDER_S = 5.0
# The same where the report of the many runs that have ended is still to be written.
REPORT_ORDER_S = 20.0

# The name of a profile, and the readable part of its file's name.
PROFILE_NAME_CHARACTERS = 80
FILE_STEM_CHARACTERS = 48
# The district's name, for messages.
DISTRICT_CHARACTERS = 120
# A setting, and the file of all of them.
SETTING_CHARACTERS = 120
SETTINGS_BYTES = 64_000
# A tag, and how many of them a profile has; they are words that a person types.
TAG_CHARACTERS = 40
TAGS_OF_A_PROFILE = 20
# A file of connections that is imported: its lines, each some 500 bytes, and the values of a TOML document. After a
# signal, or when something fails, what an import has saved so far is taken back within the time of each profile and
# that of a keyring that has stopped answering.
IMPORT_LINES = 10_000
IMPORT_BYTES = 16_000_000
IMPORT_VALUES = 50 * IMPORT_LINES
TAKE_BACK_S = 120.0
TAKE_BACK_ONE_S = 1.0
# Of profiles that are told in one sentence, so many are named.
NAMED_PROFILES = 5

# The details of one check: the requests that are listed, the outline of one body, and a bar in its columns.
LISTED_REQUESTS = 12
SHOWN_BODY_CHARACTERS = 700
BAR_COLUMNS = 18
# The bar of a collection that is read.
READ_BAR_COLUMNS = 16

# Saved connections are changed by one program at a time; each needs some milliseconds.
LOCK_S = 5.0
# Where the system has no locks, a file that was begun so long ago is not being written any more.
LEFTOVER_S = 3600.0

# A command that prints a secret: a password manager may have to be unlocked first, by a finger or in a window.
SECRET_COMMAND_S = 60.0
SECRET_COMMAND_END_S = 1.0
SECRET_COMMAND_BYTES = 64_000
# What a terminal takes as one line at a prompt; it drops the rest.
PROMPT_BYTES = 4095

# A report to a pipe: until somebody opens it for reading, and in the wizard until a reader takes more of it.
READER_S = 10.0
# How much of a path stands in a sentence.
SHOWN_PATH_CHARACTERS = 300

# The journal of a write test, which makes three records.
JOURNAL_BYTES = 64_000
JOURNAL_RECORDS = 20
# After a signal a write test removes what it has made, which the engine bounds; then the good order as ever.
REMOVAL_ORDER_S = 20.0

# Profiles that run at once when nobody says how many, and the most that can be asked for: each has a connection open.
JOBS = 32
MOST_JOBS = 1000
# The live table of many runs: the lines below its figures, and how often it is drawn.
LIVE_LINES = 8
LIVE_REFRESHES_A_SECOND = 4

# Runs of a profile that are kept: for so many days, and at most so many. Another program is waited for as for a lock.
HISTORY_DAYS = 400
HISTORY_RUNS = 200
HISTORY_BUSY_S = LOCK_S
# Of many runs, one that could not be kept has waited for all: another program needs some milliseconds, or goes on.
HISTORY_BUSY_AGAIN_S = 0.05
# Beside them stay the last one that worked and the first after it: when, and between which two days it stopped.
HISTORY_MOST = HISTORY_RUNS + 2
# A run that began later than now by more than this was dated by a clock that was wrong, then or now.
HISTORY_AHEAD_S = 3600.0
# A clock alone may be wrong: old runs go where newer ones are at least so far apart, which those of one mishap are not.
HISTORY_SURE_S = 24 * 3600.0
# The file of a last run as earlier versions kept it, in bytes.
OLD_RESULT_BYTES = 4_000_000

# A cluster: until its scheduler answers, and until its workers do; and what a goodbye may take.
CLUSTER_S = 5.0
CLUSTER_CLOSE_S = 2.0
# How often the scheduler is asked for its workers; without any for so long, nobody waits for them any more. A cluster
# that grows when there is work needs a while to start one.
WORKERS_POLL_S = 3.0
WORKERS_GONE_S = 120.0
# How often a task on a worker looks whether somebody still waits for it.
UNWANTED_POLL_S = 0.5

# The table of all profiles: runs in a strip, and how often it is drawn anew while many runs end, in seconds.
STRIP_RUNS = 10
FLEET_REFRESH_S = 0.1
# The table of all moves: how often it is drawn anew while pairs are read, in seconds.
MOVES_REFRESH_S = 0.5

# Another thread's call of the desktop's keyring takes milliseconds; one that hangs is not waited for any longer.
KEYRING_TURN_S = 5.0
# Results of connections that were not saved: so many stay until the wizard is left.
UNSAVED_RESULTS = 5
# A comparison in the wizard: its columns, for which a window of 80 has room, and how many earlier runs it offers.
COMPARED_COLUMNS = 74
COMPARED_RUNS = 20
