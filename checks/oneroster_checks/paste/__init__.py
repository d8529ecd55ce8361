"""Reading the block of keys and addresses that a district sent, in whatever form it came."""

from __future__ import annotations

from .model import Pasted
from .reader import read_block

__all__ = ["Pasted", "read_block"]
