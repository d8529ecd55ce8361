"""A message to the district as it is sent: its subject and its text, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from .limits import MAILTO_CHARACTERS


@dataclass(frozen=True, slots=True)
class DistrictMessage:
    """A mail to the district, ready to be sent.

    `body` ends in a line break. Where the district is not to be written to, both are "" and `unneeded` says why, in a
    sentence for the vendor's engineer.
    """

    subject: str = ""
    body: str = ""
    unneeded: str = ""

    @property
    def text(self) -> str:
        """The whole message as plain text, or the sentence that says why there is none; ends in a line break."""
        return f"Subject: {self.subject}\n\n{self.body}" if self.body else f"{self.unneeded}\n"

    @property
    def mailto(self) -> str:
        """The address by which a mail program opens the message; "" where there is none, or it is too long for one."""
        if not self.body:
            return ""
        lines = self.body.replace("\n", "\r\n")
        address = f"mailto:?subject={quote(self.subject, safe='')}&body={quote(lines, safe='')}"
        return address if len(address) <= MAILTO_CHARACTERS else ""
