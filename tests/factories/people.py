"""People who sign in."""

from itertools import count

from apps.accounts.models import User

PASSWORD = "mật khẩu thử 123"
_numbers = count(1)


def make_user(email: str = "", **fields: object) -> User:
    """A person with `PASSWORD`."""
    return User.objects.create_user(email or f"nguoi{next(_numbers)}@example.test", PASSWORD, **fields)


def make_admin() -> User:
    """A person who runs the marketplace."""
    return make_user(is_staff=True, is_superuser=True, full_name="Quản Trị")
