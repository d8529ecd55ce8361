"""For which hosts the secrets of a profile were given: kept beside them, so that they never go to another one.

A profile's file can be deleted, broken or replaced by hand while its secrets stay in the keyring. Whatever comes under
its name later gets them only where it leads to the same hosts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from oneroster_checks.connection import SECRET_FIELDS, Connection, Credentials, Secret
from oneroster_checks.urls import place_of


@dataclass(frozen=True, slots=True)
class KeptSecrets:
    """What the keyring has for a profile: its secrets, and the hosts for which they were given as `hosts_of` tells.

    "" are those of an entry that tells no hosts: one from before, or one that was made by hand.
    """

    credentials: Credentials = field(default_factory=Credentials)
    hosts: str = ""

    def __bool__(self) -> bool:
        """Whether there is any secret."""
        return bool(self.credentials.texts())

    def entries(self) -> list[Secret]:
        """What stands in each entry of the profile: its secrets, and their hosts, which are none without any secret."""
        every: list[Secret] = [getattr(self.credentials, name) for name in SECRET_FIELDS]
        return [*every, Secret(self.hosts if self else "")]

    def may_go_to(self, connection: Connection) -> bool:
        """Whether a connection leads to no host but those for which the secrets were given, as far as it is known."""
        return not self.hosts or not {*hosts_of(connection).split()} - {*self.hosts.split()}


def hosts_of(connection: Connection) -> str:
    """The hosts to which a connection sends secrets, each with its port, in one line; "" where it names none."""
    urls = (connection.base_url, connection.token_url if connection.requests_token else "")
    places = [place for place in map(place_of, urls) if place.host]
    return " ".join(
        sorted({f"{'https' if place.secure else 'http'}://{place.host}:{place.port}" for place in places})
    )
