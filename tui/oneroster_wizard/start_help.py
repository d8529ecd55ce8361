"""The help of the Start step."""

from __future__ import annotations

_PRACTICE = """\
The practice district is a small pretend district on this computer with invented people. It needs no setup, and you \
can break it in many ways to see what each looks like."""

START_HELP = f"""
The list shows every saved connection, the ones that need attention first: failing, not checked, a warning or \
something that ends soon, working, not run yet. Last runs shows up to ten runs, the newest on the right: F failed, ? \
could not be checked, w worked with a warning, . worked.

Enter or R runs the checks of the chosen connection. A runs those of all connections shown, side by side; you can look \
around meanwhile, and C cancels what is still running. O opens the last result; nothing runs. H shows the history, \
with what changed. K compares the last run with an earlier one, or with another connection. F follows one student, \
teacher, class, or grade through, to the first link that is broken.

J says whether it is safe to move the chosen connection to one of OneRoster 1.2, and what to do first; without one \
yet, it says what the move will take. Shift+J does so for every profile that names its new one by moves_to.

/ filters by name, provider, version, cause or state; #word looks for a tag. Esc shows all again. # changes the tags, \
E edits, D duplicates, F6 renames, X deletes the chosen connection and its secrets in the keyring.

Ctrl+N leads you through a new connection: versions, addresses, secrets, and the run. I imports connections from a CSV \
or TOML file; W writes the ones shown to such a file, without secrets. F5 reads the list again, with what other \
programs have saved and run; coming back to this window does so, too.

{_PRACTICE}

The result of a connection that is not saved stays here until you quit.
"""
# Where nothing is saved.
EMPTY_HELP = f"""
Ctrl+N leads you through a new connection: versions, addresses, secrets, and the run. I imports connections from a CSV \
or TOML file. What you save is listed here.

{_PRACTICE}

The result of a connection that is not saved stays here until you quit.
"""
