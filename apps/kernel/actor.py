"""Who does something: every write takes an Actor, and the audit event keeps all of it."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The four kinds of doer that an audit event can name."""

    PERSON = "person"  # somebody signed in
    GUEST = "guest"  # a shopper without an account
    SYSTEM = "system"  # a job, a schedule, a management command
    PROVIDER = "provider"  # a payment provider or carrier that calls us


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of a write; a person may act for a vendor (a member, or an operator who helps one).

    Raises ValueError when a person has no user id, or somebody else than a person has one.
    """

    kind: ActorKind
    user_id: int | None = None
    on_behalf_of_vendor_id: int | None = None

    def __post_init__(self) -> None:
        if (self.kind is ActorKind.PERSON) != (self.user_id is not None):
            raise ValueError(f"a user id belongs to a person and only to a person: {self!r}")

    @classmethod
    def person(cls, user_id: int, vendor_id: int | None = None) -> "Actor":
        """Somebody signed in, perhaps acting for a vendor."""
        return cls(ActorKind.PERSON, user_id, vendor_id)

    @classmethod
    def guest(cls) -> "Actor":
        """A shopper without an account."""
        return cls(ActorKind.GUEST)

    @classmethod
    def system(cls) -> "Actor":
        """The platform itself."""
        return cls(ActorKind.SYSTEM)

    @classmethod
    def provider(cls) -> "Actor":
        """A payment provider or a carrier."""
        return cls(ActorKind.PROVIDER)
