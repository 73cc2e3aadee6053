"""Every page of the shop and its tools: a new page is one more line."""

from dataclasses import dataclass

from apps.demo.cast import REJECTED_VENDOR, SUSPENDED_VENDOR
from apps.demo.people import ADMIN, CATALOGUE_MEMBER, SELLER, SHOPPER, owner_email
from apps.storefront.info import PAGES as HELP

STRANGER, GUEST = "", "guest"
APPLICANT, REJECTED, SUSPENDED = owner_email("V040"), owner_email(REJECTED_VENDOR), owner_email(SUSPENDED_VENDOR)
# Owners of demo vendors have no password until a test gives them one.
WITHOUT_PASSWORD = (APPLICANT, REJECTED, SUSPENDED)
SEND = "main form button.btn-primary"
REFUSE = "main button[name=decision][value=reject]"


@dataclass(frozen=True)
class Row:
    """A page: its address with names of `things.py`, who opens it, what is pressed there, and how it then answers."""

    path: str
    press: str = ""
    status: int = 200
    who: str = STRANGER

    def __str__(self) -> str:
        pressed = " pressed" if self.press else ""
        return f"{self.who or 'anybody'} {self.path}{pressed}"


def _for(who: str, *rows: Row) -> list[Row]:
    return [Row(row.path, row.press, row.status, who) for row in rows]


READING = [
    Row("/"),
    Row("/tim-kiem/"),
    Row("/tim-kiem/?q=chè"),
    Row("/tim-kiem/?q=máy bay giấy"),
    Row("/tim-kiem/?q=xe máy honda"),
    Row("/tim-kiem/?q=chả mực xốp giòn"),
    Row("/tim-kiem/?q=chả mựt"),
    Row("/tim-kiem/?q=chả mực&tinh=hue"),
    Row("/tim-kiem/?sao=5&tinh={province}&gia=-100000"),
    Row("/tim-kiem/ban-do/?q=trà&sao=4"),
    Row("/tim-kiem/?sap-xep=gia-tang&trang=2"),
    Row("/dang-mua/"),
    Row("/danh-muc/{family}/"),
    Row("/danh-muc/{category}/"),
    Row("/danh-muc/{spirits}/"),
    Row("/tinh/"),
    Row("/tinh/{province}/"),
    Row("/nha-ban/{vendor}/"),
    Row("{valid}"),
    Row("{expired}"),
    Row("{revoked}"),
    Row("{sold_out}"),
    Row("{spirit}"),
    Row("{service}"),
    Row("{reviewed}?danh-gia=tat-ca"),
    Row("/so-chung-nhan/"),
    Row("/so-chung-nhan/?trang=2"),
    Row("/so-chung-nhan/?q=khong-co-so-nay"),
    Row("/tro-giup/"),
    *(Row(f"/tro-giup/{slug}/") for slug in HELP),
    Row("/khong-co-trang-nay/", status=404),
]

BUYING = [
    Row("/gio-hang/"),
    Row("/don-hang/tra-cuu/"),
    Row("/don-hang/tra-cuu/", SEND, 422),
    *_for(
        GUEST,
        Row("/"),
        Row("{valid}"),
        Row("/gio-hang/"),
        Row("/thanh-toan/"),
        Row("/thanh-toan/", "#place button[value=place]", 422),
        Row("/don-hang/{guest_order}/"),
        Row("/don-hang/{guest_order}/cam-on/"),
        Row("/don-hang/{guest_order}/huy/"),
        Row("/don-hang/{guest_order}/huy/?phan={guest_part}"),
    ),
    # A saved address, and goods that cannot be ordered for cash.
    *_for(SHOPPER, Row("/gio-hang/"), Row("/thanh-toan/"), Row("/don-hang/{unpaid_order}/thanh-toan/")),
]

ACCOUNT = [
    Row("/tai-khoan/login/"),
    Row("/tai-khoan/login/", SEND),
    Row("/tai-khoan/signup/"),
    Row("/tai-khoan/signup/", SEND),
    Row("/tai-khoan/password/reset/"),
    Row("/tai-khoan/password/reset/", SEND),
    Row("/tai-khoan/password/reset/done/"),
    Row("/tai-khoan/password/reset/key/1-none/"),
    Row("/tai-khoan/confirm-email/none/"),
    Row("/tai-khoan/confirm-email/"),
    Row("/tai-khoan/inactive/"),
    *_for(
        APPLICANT,
        Row("/tai-khoan/"),
        Row("/tai-khoan/don-hang/"),
        Row("/tai-khoan/dia-chi/"),
        Row("/tai-khoan/thong-bao/"),
        Row("/tai-khoan/theo-doi/?luu=?q=mật ong"),
        Row("/tai-khoan/theo-doi/?san-pham={sold_out_id}"),
    ),
    *_for(
        SHOPPER,
        Row("{sold_out}"),
        Row("/tai-khoan/theo-doi/"),
        Row("/tai-khoan/"),
        Row("/tai-khoan/don-hang/"),
        Row("/tai-khoan/don-hang/{shopper_order}/"),
        *(Row(f"/tai-khoan/don-hang/{{my_{state}_order}}/") for state in ("shipped", "delivered", "cancelled")),
        Row("/tai-khoan/dia-chi/"),
        Row("/tai-khoan/dia-chi/moi/"),
        Row("/tai-khoan/dia-chi/moi/", SEND, 422),
        Row("/tai-khoan/dia-chi/{address}/"),
        Row("/tai-khoan/ho-so/"),
        Row("/tai-khoan/thong-bao/"),
        Row("/tai-khoan/du-lieu/"),
        # Asks for the password first.
        Row("/tai-khoan/du-lieu/xoa/"),
        Row("/tai-khoan/password/change/"),
        Row("/tai-khoan/password/change/", SEND),
        Row("/tai-khoan/email/"),
        Row("/tai-khoan/email/", SEND),
        Row("/tai-khoan/reauthenticate/", SEND),
        Row("/tai-khoan/sessions/"),
        Row("/tai-khoan/logout/"),
        Row("/quan-tri/", status=403),
    ),
]

PORTAL = [
    Row("/ban-hang/"),
    *_for(SHOPPER, Row("/ban-hang/dang-ky/"), Row("/ban-hang/dang-ky/", "main form button[data-busy]", 422)),
    *_for(APPLICANT, Row("/ban-hang/"), Row("/ban-hang/san-pham/")),
    *_for(REJECTED, Row("/ban-hang/"), Row("/ban-hang/dang-ky/")),
    *_for(SUSPENDED, Row("/ban-hang/"), Row("/ban-hang/san-pham/"), Row("/ban-hang/don-hang/?tab=cancelled")),
    *_for(CATALOGUE_MEMBER, Row("/ban-hang/don-hang/", status=403)),
    *_for(
        SELLER,
        Row("/ban-hang/"),
        *(Row(f"/ban-hang/don-hang/?tab={tab}") for tab in ("new", "to_ship", "shipping", "delivered", "cancelled")),
        *(Row(f"/ban-hang/don-hang/{{{state}_order}}/") for state in ("placed", "accepted", "packed", "shipped")),
        Row("/ban-hang/don-hang/{delivered_order}/"),
        Row("/ban-hang/don-hang/{cancelled_order}/"),
        Row("/ban-hang/don-hang/{packed_order}/", "#giao button", 422),
        Row("/ban-hang/san-pham/"),
        *(Row(f"/ban-hang/san-pham/?trang-thai={state}") for state in ("published", "draft")),
        Row("/ban-hang/san-pham/moi/"),
        Row("/ban-hang/san-pham/moi/", "main form button[data-busy]", 422),
        *(
            Row(f"/ban-hang/san-pham/{{{state}}}/")
            for state in ("draft", "published", "submitted", "rejected", "paused")
        ),
        Row("/ban-hang/san-pham/{draft}/", "#thong-tin .btn-primary"),
        Row("/ban-hang/san-pham/{published}/xem-thu/"),
        Row("/ban-hang/san-pham/{draft}/xem-thu/"),
        Row("/ban-hang/san-pham/{published}/chung-nhan/"),
        Row("/ban-hang/san-pham/{published}/chung-nhan/", SEND, 422),
        Row("/ban-hang/khach-tim/"),
        Row("/ban-hang/tien/"),
        Row("/ban-hang/tien/don-hang/"),
        Row("/ban-hang/tien/sao-ke/"),
        Row("/ban-hang/tien/sao-ke/{payout}/"),
        Row("/ban-hang/tien/thang/{month}/"),
        Row("/ban-hang/tien/thue/{year}/"),
        Row("/ban-hang/tien/tai-khoan/"),
        # Asks for the password first.
        Row("/ban-hang/tien/tai-khoan/doi/"),
        Row("/ban-hang/tien/tai-khoan/stripe/"),
        Row("/ban-hang/ho-so/"),
        Row("/ban-hang/thong-bao/"),
    ),
]

BACKOFFICE = _for(
    ADMIN,
    Row("/quan-tri/"),
    *(Row(f"/quan-tri/nha-ban/{{{state}_vendor}}/") for state in ("applied", "approved", "rejected", "suspended")),
    Row("/quan-tri/nha-ban/{applied_vendor}/", REFUSE, 422),
    Row("/quan-tri/san-pham/{submitted}/"),
    Row("/quan-tri/san-pham/{submitted}/", REFUSE, 422),
    Row("/quan-tri/san-pham/{published}/"),
    Row("/quan-tri/chung-nhan/{claimed_certificate}/"),
    Row("/quan-tri/chung-nhan/{verified_certificate}/"),
    Row("/quan-tri/nha-ban/"),
    Row("/quan-tri/nha-ban/?trang-thai=suspended"),
    Row("/quan-tri/nha-ban/?q=khong-co-ai"),
    Row("/quan-tri/nha-ban/{approved_vendor}/tam-ngung/"),
    Row("/quan-tri/nha-ban/{approved_vendor}/tam-ngung/", "main form button.btn-danger", 422),
    Row("/quan-tri/don-hang/"),
    Row("/quan-tri/don-hang/?q=khong-co-don"),
    Row("/quan-tri/don-hang/{shopper_order}/"),
    Row("/quan-tri/don-hang/{guest_order}/"),
    *(Row(f"/quan-tri/ngan-hang/?trang-thai={state}") for state in ("new", "matched", "return_due", "returned")),
    Row("/quan-tri/ngan-hang/{new_transfer}/"),
    Row("/quan-tri/ngan-hang/{new_transfer}/", "main button[value=assign]", 422),
    Row("/quan-tri/ngan-hang/{due_transfer}/"),
    Row("/quan-tri/ngan-hang/{due_transfer}/", "main button[value=returned]", 422),
    Row("/quan-tri/ngan-hang/sao-ke/"),
    Row("/quan-tri/ngan-hang/sao-ke/", SEND, 422),
    Row("/quan-tri/ngan-hang/hoan-tien/"),
    Row("/quan-tri/ngan-hang/thu-ho/"),
    Row("/quan-tri/ngan-hang/thu-ho/doi-soat/"),
    Row("/quan-tri/ngan-hang/thu-ho/doi-soat/", SEND, 422),
    Row("/quan-tri/chi-tra/"),
    Row("/quan-tri/chi-tra/{open_run}/"),
    Row("/quan-tri/chi-tra/{paid_run}/"),
    Row("/quan-tri/chi-tra/lenh/{payout}/"),
    Row("/quan-tri/so-cai/"),
    Row("/quan-tri/so-cai/?kiem-tra=1&loai=released"),
    Row("/quan-tri/so-cai/{entry}/"),
    Row("/quan-tri/thue/"),
    Row("/quan-tri/nha-ban/{approved_vendor}/thue/{year}/"),
    *(Row(f"/quan-tri/tac-vu/?trang-thai={state}") for state in ("dead", "ready", "running", "done", "discarded")),
    Row("/quan-tri/hoa-hong/"),
    Row("/quan-tri/hoa-hong/moi/"),
    Row("/quan-tri/hoa-hong/moi/", SEND, 422),
    Row("/quan-tri/hoa-hong/{rule}/"),
    Row("/quan-tri/hoa-hong/thue/moi/"),
    Row("/quan-tri/hoa-hong/thue/moi/", SEND, 422),
    *(Row(f"/quan-tri/tim-kiem/?xem={report}") for report in ("nhieu", "khong-thay", "it-mo")),
    Row("/quan-tri/tim-kiem/vi-sao/?q=chả mực dưới 800k"),
    Row("/quan-tri/thu/"),
)

ALL = [*READING, *BUYING, *ACCOUNT, *PORTAL, *BACKOFFICE]
