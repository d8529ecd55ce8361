"""The one redaction: everything that leaves the process passes it, values before they are written down."""

from __future__ import annotations

from .ids import HIDDEN
from .locations import shown_target
from .outline import outline
from .redactor import Redactor

__all__ = ["HIDDEN", "Redactor", "outline", "shown_target"]
