"""What a stage waits for, by the ids of checks, so that no stage has to know another."""

from __future__ import annotations

ADDRESS: tuple[str, ...] = (
    "address.combination",
    "address.fields",
    "address.base-url",
    "address.token-url",
    "address.path",
    "address.version",
    "address.app-name",
)
NETWORK: tuple[str, ...] = ("network.token-host", "network.base-host")
AUTHORISED: tuple[str, ...] = ("token.issue", "oauth1.signature")
DATA: tuple[str, ...] = ("access.data",)
ROSTERING: tuple[str, ...] = ("sharing.rostering",)
