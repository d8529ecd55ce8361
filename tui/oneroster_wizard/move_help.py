"""The help of the Move screen."""

from __future__ import annotations

MOVE_HELP = """
Reads the old and the new connection of one district whole, at the same time and one request at a time to a host, and \
says whether it is safe to move. C cancels, and so does leaving this screen; nothing stays open.

Users are matched by the old id that OneRoster 1.2 has in their metadata (ic.legacySourcedId), everything else by \
sourcedId, then by identifiers. The table under 2 has a row for each kind of record: how many match, and by what, how \
many only one side has, and how many have another role, school, or id.

The box says whether it is safe to move, and what to do first. PgDn shows the rest of it. Enter on a finding shows its \
details and steps, F1 says what its cause means, and / steps through the states.

S copies the summary, M the message to the district, W writes the report for the district. Shift+W writes the mapping, \
a CSV file with the old and the new sourcedId of everything that matches, which only you can read.

Without a 1.2 profile yet, you see what the move will take: when the old credentials expire, what OneRoster 1.2 \
changes, what your software must do, and the steps up to the switch day. Nothing is requested for it.

J chooses another connection to move to. Until you quit or open another connection, J on Start has the last comparison.
"""
