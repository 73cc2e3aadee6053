"""People who sign in."""

from itertools import count

from django.test import Client

from apps.accounts.models import User

PASSWORD = "mật khẩu thử 123"
_numbers = count(1)


def make_user(email: str = "", **fields: object) -> User:
    """A person with `PASSWORD`."""
    return User.objects.create_user(email or f"nguoi{next(_numbers)}@example.test", PASSWORD, **fields)


def sign_in(client: Client, user: User) -> Client:
    """A browser in which this person has just given the password."""
    answer = client.post("/tai-khoan/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def confirm(client: Client, password: str = PASSWORD) -> Client:
    """The password once more, as sensitive pages ask for it."""
    answer = client.post("/tai-khoan/reauthenticate/", {"password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


def make_admin() -> User:
    """A person who runs the marketplace."""
    return make_user(is_staff=True, is_superuser=True, full_name="Quản Trị")
