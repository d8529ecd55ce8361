"""The one kind of link that begins a mail: what a report may hold, and nothing that it could turn into."""

from __future__ import annotations

import re

# Every sign but the harmless ones is written as its number, and nobody is addressed.
MAIL = re.compile(r"mailto:\?subject=[\w.~%-]+&body=[\w.~%-]+", re.ASCII)
