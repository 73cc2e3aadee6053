"""A browser without scripts that talks to a running shop over its socket."""

from typing import Any

import requests

from tools.bench.browser import hidden_fields

ORDER = {
    "name": "Nguyễn Thị Hoa",
    "phone": "0912 345 678",
    "email": "khach@example.test",
    "province": "79",
    "commune": "26740",
    "street": "Số 12, đường Lê Lợi",
    "note": "",
    "gift_message": "",
    "payment_method": "cod",
}
Form = dict[str, str]


class Browser(requests.Session):
    """One visitor; redirects are not followed, so that a test sees them."""

    def __init__(self, port: int, *, timeout: float = 40) -> None:
        super().__init__()
        self.origin, self.patience = f"127.0.0.1:{port}", timeout
        # As behind a proxy that speaks TLS: what the proxy adds is added here, and secure cookies go back.
        site = {"X-Forwarded-Proto": "https", "Sec-Fetch-Site": "same-origin", "Origin": f"https://{self.origin}"}
        self.headers.update(site)

    def visit(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> requests.Response:
        """GET, or POST when there is a form to send."""
        method = "GET" if data is None else "POST"
        cookies = {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)}
        headers = {**cookies, **more.pop("headers", {})}
        given = {"allow_redirects": False, "timeout": self.patience, "headers": headers, **more}
        return self.request(method, f"http://{self.origin}{path}", data=data, **given)

    def sign_in(self, email: str, password: str) -> None:
        """As a vendor's member."""
        form = hidden_fields(self.visit("/tai-khoan/login/").text)
        done = self.visit("/tai-khoan/login/", {**form, "login": email, "password": password})
        assert done.status_code == 302, done.text

    def add(self, product: int, prefix: str = "") -> requests.Response:
        """Put one into the basket."""
        return self.visit(f"{prefix}/gio-hang/them/", {"product_id": product, "quantity": 1})

    def filled_in(self, *products: int, prefix: str = "") -> Form:
        """A new basket with these goods, and its checkout filled in and ready to send."""
        for product in products:
            assert self.add(product, prefix).status_code in (200, 302)
        page = self.visit(f"{prefix}/thanh-toan/")
        page = self.visit(f"{prefix}/thanh-toan/", {**hidden_fields(page.text), **ORDER, "action": "communes"})
        assert page.status_code == 200, page.text
        return {**hidden_fields(page.text), **ORDER, "action": "place"}

    def submit(self, form: Form, prefix: str = "", **headers: str) -> requests.Response:
        """Send the checkout."""
        return self.visit(f"{prefix}/thanh-toan/", form, headers=headers)
