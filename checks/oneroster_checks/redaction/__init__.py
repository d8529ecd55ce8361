"""The one redaction: everything that leaves the process passes it, values before they are written down."""

from __future__ import annotations

from .locations import shown_target
from .outline import outline
from .redactor import HIDDEN, Redactor

__all__ = ["HIDDEN", "Redactor", "outline", "shown_target"]
