"""Who gets what: for every address of the shop the answer to GET and POST, by kind of visitor.

Columns: anonymous, shopper A (owner), shopper B, vendor A (owner), vendor B, admin; one word stands for all of them.
Words: a status, or where a redirect leads (`check.LEADS`), or `302` for any other redirect.
`at` names the object in the world that fills the address, `data` is a form that would work for its owner (`@name` is
an id of the world), `writers` are the visitors whose POST really changes rows of A or the shop.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import shop
from tests.integration.access.check import Row
from tests.integration.access.table_admin import ADMIN_ROWS

READ = "405"
PERSON, PERSON_POST = "login 200 200 200 200 200", "login 302 302 302 302 302"
TO_STALL = "login stall stall stall stall stall"
# Who is signed in already is led to their own first page.
INSIDE = "account account stall stall desk"
GUEST = f"login {INSIDE}"
ONLY_READ = "login 405 405 405 405 405"
HERS, HERS_POST = "login 200 404 404 404 404", "login 302 404 404 404 404"
MEMBERS, MEMBERS_POST = "login stall stall 200 200 stall", "login stall stall 302 302 stall"
MEMBERS_READ = NO_READ = OWN_READ = "login stall stall 405 405 stall"
OWN, OWN_POST = "login stall stall 200 404 stall", "login stall stall 302 404 stall"
ADMIN, ADMIN_POST = "login 403 403 403 403 200", "login 403 403 403 403 302"
ADMIN_READ, ADMIN404 = "login 403 403 403 403 405", "login 403 403 403 403 404"
PLACE = {"province": "79", "commune": "26740", "street": "Số 1"}
ADDRESS = {"name": "Hoa", "phone": "0912 345 678", **PLACE}
PROFILE = {"about": "Từ 1990.", "phone": "0912 345 679", "email": "moi@example.test", "street": ""}
QUICK = {"price_amount": "95.000", "available": "4", "seen": "4"}
PRODUCT = {"title": "Mật ong", "category": "@category_id", **QUICK}
NO_VENDOR = "shopper_a shopper_b admin"
TREATMENT = {"vendor": "@stall", "activity": "services", "source": "Công văn 7", "valid_from": "2026-01-01"}
APPROVE, REASON = {"decision": "approve"}, {"reason": "Ảnh mờ."}
REJECT = {"decision": "reject", **REASON}


def photo() -> SimpleUploadedFile:
    """A picture that no product has yet."""
    return SimpleUploadedFile("anh.jpg", shop.photo((1, 2, 3)))


def paper() -> SimpleUploadedFile:
    """A small PDF."""
    return SimpleUploadedFile("giay.pdf", shop.PDF)


APPLICATION = {
    "name": "HTX Mới",
    "producer_type": "cooperative",
    "tax_code": "5799900019",
    "phone": "0912 345 678",
    "email": "moi@example.test",
    "papers": paper,
    "agrees": "on",
    **PLACE,
}
CLAIM = {
    "stars": "3",
    "number": "OCOP-9",
    "decision_number": "1/QĐ-UBND",
    "level": "province",
    "issuer": "UBND tỉnh",
    "holder": "HTX",
    "valid_from": "2025-12-01",
}

SHOP = [
    Row("healthz", "200", READ),
    Row("readyz", "200", READ),
    Row("metrics", "200", READ),
    Row("robots", "200", READ),
    Row("webhook_stripe", READ, "400"),
    Row("webhook_bank", READ, "400"),
    Row("sitemap", "200", READ),
    Row("sitemap_section", "200", "200", "section=products"),
    Row("/^media/(?P<path>.*)$", "200", READ, "/media/{photo}"),
    Row("/^media/(?P<path>.*)$", "404", READ, "/media/{private_file}"),
    Row("/^media/(?P<path>.*)$", "400", READ, "/media/../private/{private_file}"),
    Row("storefront:home", "200", READ),
    Row("storefront:search", "200", READ),
    Row("storefront:search_opened", READ, "204", data={"q": "mật ong", "viec": "mo"}),
    Row("storefront:suggest", "200", READ),
    Row("storefront:search_map", "200", READ),
    Row("storefront:season", "302", READ),
    Row("storefront:category", "200", READ, "slug=category"),
    Row("storefront:provinces", "200", READ),
    Row("storefront:province", "200", READ, "slug=quang-ninh"),
    Row("storefront:vendor", "200", READ, "slug=stall"),
    Row("storefront:product", "200", READ, "slug=product_slug pk=product"),
    Row("storefront:product", "404", READ, "slug=product_slug pk=draft_product"),
    Row("storefront:register", "200", READ),
    Row("storefront:certificate_scan", "200", READ, "pk=checked"),
    Row("storefront:certificate_scan", "404", READ, "pk=claimed"),
    Row("storefront:help", "200", READ),
    Row("storefront:page", "200", READ, "slug=giao-hang"),
    Row("storefront:address_suggest", "200", READ),
    Row("storefront:communes", "200", READ),
    Row("storefront:delivery_place", READ, "home", data={"province": "79"}),
]

BUYING = [
    Row("storefront:basket", "200", READ),
    Row("storefront:basket_add", READ, "basket", data={"product_id": "@product"}, writers="shopper_a"),
    Row("storefront:basket_line", READ, "basket", "line_id=line", {"quantity": "4"}, "shopper_a"),
    Row("storefront:basket_voucher", READ, "basket", data={"code": "KHONG-CO"}),
    Row("storefront:basket_only", READ, "basket checkout basket basket basket basket", "slug=stall"),
    Row("storefront:basket_all", READ, "basket"),
    Row("storefront:checkout", "basket 200 basket basket basket basket", "basket 422 basket basket basket basket"),
    Row("storefront:tracking", "200", "422", data={"number": "ZZZZZZZZ", "phone": "0987 111 222"}),
    Row("storefront:tracking", "200", "422", data={"number": "@order", "phone": "0912 000 000"}),
    Row("storefront:order", "track 200 track track track track", READ, "number=order"),
    Row("storefront:order", "track", READ, "number=guest_order"),
    Row("storefront:order_placed", "track 200 track track track track", READ, "number=order"),
    Row("storefront:order_placed", "track", READ, "number=guest_order"),
    Row(
        "storefront:order_cancel",
        "track 200 track track track track",
        "track 302 track track track track",
        "number=order",
        {},
        "shopper_a",
    ),
    Row("storefront:order_cancel", "track", "track", "number=guest_order"),
    Row("storefront:pay", "track 302 track track track track", "track 302 track track track track", "number=order"),
    Row("storefront:pay", "track", "track", "number=guest_order"),
    Row("storefront:pay_waiting", "200", READ, "number=order"),
    Row("storefront:pay_code", "track 302 track track track track", READ, "number=order"),
    Row("storefront:pay_code", "track", READ, "number=guest_order"),
    Row("storefront:pay_back", "track 302 track track track track", READ, "number=order"),
    Row("storefront:pay_back", "track", READ, "number=guest_order"),
]

ACCOUNT = [
    Row("storefront:account", PERSON, ONLY_READ),
    Row("storefront:account_profile", PERSON, PERSON_POST, "", {"full_name": "Hoa", "language": "en"}, "shopper_a"),
    Row("storefront:account_data", PERSON, ONLY_READ),
    Row("storefront:account_data_export", ONLY_READ, PERSON_POST, "", {}, "shopper_a"),
    Row("storefront:account_data_file", "login 302 302 302 302 302", ONLY_READ, "pk=export"),
    Row("storefront:account_data_consent", ONLY_READ, PERSON_POST, "", {"news": "yes"}, "shopper_a"),
    Row("storefront:account_erase", PERSON_POST, PERSON_POST, "", {"sure": "yes"}),
    Row("storefront:account_erase_withdraw", ONLY_READ, PERSON_POST),
    Row("storefront:account_notices", PERSON, ONLY_READ),
    Row("storefront:account_notice", ONLY_READ, HERS_POST, "pk=notice", {"then": "stay"}, "shopper_a"),
    Row("storefront:account_notice", ONLY_READ, "login 404 404 404 404 404", "pk=work_notice"),
    Row("storefront:account_notices_read", ONLY_READ, PERSON_POST, "", {}, "shopper_a"),
    Row("storefront:followed", PERSON, ONLY_READ),
    Row("storefront:search_save", READ, PERSON_POST, data={"query": "?q=mat+ong"}, writers="shopper_a"),
    Row("storefront:stock_wish", READ, PERSON_POST, "pk=sold_out", writers="shopper_a"),
    Row("storefront:stock_wish", READ, PERSON_POST, "pk=product"),
    Row("storefront:stock_wish", READ, "login 404 404 404 404 404", "pk=draft_product"),
    Row("storefront:saved_search", PERSON_POST, ONLY_READ, "pk=saved"),
    Row("storefront:saved_search_change", ONLY_READ, HERS_POST, "pk=saved", {"act": "remove"}, "shopper_a"),
    Row("storefront:saved_search_change", ONLY_READ, HERS_POST, "pk=saved", {"act": "mute"}, "shopper_a"),
    Row("storefront:account_orders", PERSON, ONLY_READ),
    Row("storefront:account_order", "login 200 404 404 404 404", ONLY_READ, "number=order"),
    Row("storefront:account_order", "login 404 404 404 404 404", ONLY_READ, "number=guest_order"),
    Row("storefront:account_addresses", PERSON, ONLY_READ),
    Row("storefront:account_address_new", PERSON, PERSON_POST, "", ADDRESS, "shopper_a"),
    Row("storefront:account_address_edit", HERS, HERS_POST, "pk=address", ADDRESS, "shopper_a"),
    Row("storefront:account_address_delete", ONLY_READ, HERS_POST, "pk=address", {}, "shopper_a"),
    Row("/tai-khoan/logout/", "home 200 200 200 200 200", "home", "/tai-khoan/logout/"),
    Row("account_logout", "home 200 200 200 200 200", "home"),
    Row("/tai-khoan/signup/", f"200 {INSIDE}", f"200 {INSIDE}", "/tai-khoan/signup/"),
    Row("/tai-khoan/password/reset/", "200", "200", "/tai-khoan/password/reset/"),
    Row("/tai-khoan/email/", PERSON, PERSON_POST, "/tai-khoan/email/"),
    Row("/tai-khoan/sessions/", PERSON, PERSON_POST, "/tai-khoan/sessions/"),
    Row("usersessions_list", PERSON, PERSON_POST),
    Row("account_login", f"200 {INSIDE}", f"200 {INSIDE}"),
    Row("account_signup", f"200 {INSIDE}", f"200 {INSIDE}"),
    Row("account_inactive", "200", READ),
    Row("account_reauthenticate", PERSON, PERSON),
    Row("account_email", PERSON, PERSON_POST),
    Row("account_email_verification_sent", "200", READ),
    Row("account_confirm_email", "200", "404", "key=MQ:abc"),
    Row("account_change_password", PERSON, PERSON),
    Row("account_set_password", PERSON_POST, PERSON_POST),
    Row("account_reset_password", "200", "200"),
    Row("account_reset_password_done", "200", READ),
    Row("account_reset_password_from_key", "200", "200", "uidb36=1 key=abc-def"),
    Row("account_reset_password_from_key_done", "200", READ),
    Row("account_confirm_login_code", GUEST, GUEST),
]

PORTAL = [
    Row("vendor_portal:home", "200", READ),
    Row("vendor_portal:apply", "login 200 200 stall stall 200", TO_STALL, "", APPLICATION, NO_VENDOR),
    Row("vendor_portal:profile", MEMBERS, MEMBERS_POST, "", PROFILE, "vendor_a"),
    Row("vendor_portal:asked", MEMBERS, MEMBERS_READ),
    Row("vendor_portal:notices", MEMBERS, MEMBERS_READ),
    Row("vendor_portal:notice", NO_READ, OWN_POST, "pk=work_notice", {"then": "stay"}, "vendor_a"),
    Row("vendor_portal:notice", NO_READ, "login stall stall 404 404 stall", "pk=notice"),
    Row("vendor_portal:notices_read", NO_READ, MEMBERS_POST, "", {}, "vendor_a"),
    Row("vendor_portal:paper", OWN, OWN_READ, "pk=paper"),
    Row("vendor_portal:orders", MEMBERS, MEMBERS_READ),
    Row("vendor_portal:order", OWN, OWN_READ, "number=part_a"),
    Row("vendor_portal:order_act", NO_READ, OWN_POST, "number=part_a", {"act": "accept"}, "vendor_a"),
    Row(
        "vendor_portal:order_act", NO_READ, OWN_POST, "number=part_a", {"act": "cancel", "reason": "asked"}, "vendor_a"
    ),
    Row("vendor_portal:money", MEMBERS, MEMBERS_READ),
    Row("vendor_portal:earned_orders", MEMBERS, MEMBERS_READ),
    Row("vendor_portal:taxes", MEMBERS, MEMBERS_READ, "year=2026"),
    Row("vendor_portal:statements", MEMBERS, MEMBERS_READ),
    Row("vendor_portal:statement", OWN, OWN_READ, "pk=payout"),
    Row("vendor_portal:statement_file", OWN, OWN_READ, "pk=payout form=pdf"),
    Row("vendor_portal:statement_file", OWN, OWN_READ, "pk=payout form=xlsx"),
    Row("vendor_portal:month", MEMBERS, MEMBERS_READ, "month=2026-11"),
    Row("vendor_portal:month_file", MEMBERS, MEMBERS_READ, "month=2026-11 form=pdf"),
    Row("vendor_portal:bank", MEMBERS, MEMBERS_READ),
    # Asks for the password first.
    Row("vendor_portal:bank_change", MEMBERS_POST, MEMBERS_POST),
    Row("vendor_portal:stripe", MEMBERS_POST, MEMBERS_POST),
    Row("vendor_portal:stripe_back", MEMBERS_POST, MEMBERS_READ),
    Row("vendor_portal:stripe_remove", NO_READ, MEMBERS_POST),
    Row("vendor_portal:bank_withdraw", NO_READ, OWN_POST, "pk=bank_account", {}, "vendor_a"),
    Row(
        "vendor_portal:bank_confirm",
        "login stall stall 200 302 stall",
        MEMBERS_POST,
        "word=bank_link",
        {},
        "vendor_a",
    ),
    Row("vendor_portal:listings", MEMBERS, MEMBERS_READ),
    Row("vendor_portal:listing_new", MEMBERS, MEMBERS_POST, "", PRODUCT, "vendor_a"),
    Row("vendor_portal:listing_edit", OWN, OWN_POST, "pk=draft", PRODUCT, "vendor_a"),
    Row("vendor_portal:listing_edit", OWN, "login stall stall 422 404 stall", "pk=goods", PRODUCT),
    Row("vendor_portal:listing_quick", NO_READ, OWN_POST, "pk=goods", QUICK, "vendor_a"),
    Row("vendor_portal:listing_act", NO_READ, OWN_POST, "pk=goods", {"act": "pause"}, "vendor_a"),
    Row("vendor_portal:listing_preview", OWN, OWN_READ, "pk=draft"),
    Row("vendor_portal:pictures", NO_READ, OWN_POST, "pk=draft", {"pictures": photo}, "vendor_a"),
    Row("vendor_portal:picture", NO_READ, OWN_POST, "pk=draft picture_id=picture", {"act": "remove"}, "vendor_a"),
    Row("vendor_portal:certificate", OWN, OWN_POST, "pk=draft", CLAIM, "vendor_a"),
    Row("vendor_portal:scan", OWN, OWN_READ, "pk=claimed"),
]

BACKOFFICE = [
    Row("backoffice:home", ADMIN, ADMIN),
    Row("backoffice:vendors", ADMIN, ADMIN),
    Row("backoffice:vendor", ADMIN, ADMIN_POST, "pk=applicant", APPROVE, "admin"),
    Row("backoffice:vendor", ADMIN, ADMIN_POST, "pk=applicant", REJECT, "admin"),
    Row("backoffice:vendor_suspend", ADMIN, ADMIN_POST, "pk=open_vendor", REASON, "admin"),
    Row("backoffice:vendor_lift", ADMIN_READ, ADMIN_POST, "pk=suspended", {}, "admin"),
    Row("backoffice:listing", ADMIN, ADMIN_POST, "pk=submitted", APPROVE, "admin"),
    Row("backoffice:certificate", ADMIN, ADMIN_POST, "pk=claimed", APPROVE, "admin"),
    Row("backoffice:certificate_revoke", ADMIN, ADMIN_POST, "pk=checked", REASON, "admin"),
    Row("backoffice:scan", ADMIN, ADMIN, "pk=claimed"),
    Row("backoffice:paper", ADMIN, ADMIN, "pk=paper"),
    Row("backoffice:orders", ADMIN, ADMIN),
    Row("backoffice:order", ADMIN, ADMIN, "number=order"),
    Row("backoffice:fees", ADMIN, ADMIN_READ),
    Row("backoffice:rule_new", ADMIN, ADMIN_POST, "", {"share_bps": "9"}, "admin"),
    Row("backoffice:rule", ADMIN, ADMIN_POST, "pk=rule", {"share_bps": "9"}, "admin"),
    Row("backoffice:rule_act", ADMIN_READ, ADMIN_POST, "pk=rule", {"act": "off"}, "admin"),
    Row("backoffice:treatment_new", ADMIN, ADMIN_POST, "", TREATMENT, "admin"),
    Row("backoffice:treatment_drop", ADMIN_READ, ADMIN_POST, "pk=treatment", {}, "admin"),
    Row("backoffice:refund", ADMIN404, ADMIN404, "number=part"),
    Row("backoffice:disputes", ADMIN, ADMIN),
    Row("backoffice:reconciliations", ADMIN, ADMIN),
    Row("backoffice:bank", ADMIN, ADMIN_READ),
    Row("backoffice:transfer", ADMIN, ADMIN_POST, "pk=transfer", {"decision": "refuse"}, "admin"),
    Row("backoffice:statement", ADMIN, "login 403 403 403 403 422"),
    Row("backoffice:refunds", ADMIN, ADMIN_READ),
    Row("backoffice:refund_sent", ADMIN_READ, ADMIN_POST, "pk=refund", {"reference": "FT1"}, "admin"),
    Row("backoffice:cash", ADMIN, ADMIN_READ),
    Row("backoffice:remittance", ADMIN, "login 403 403 403 403 422"),
    Row("backoffice:payout_runs", ADMIN, ADMIN_POST, "", {}, "admin"),
    Row("backoffice:payout_run", ADMIN, ADMIN_POST, "pk=open_run", {"act": "approve"}, "admin"),
    Row("backoffice:payout_run", ADMIN, ADMIN_POST, "pk=open_run", {"act": "drop", **REASON}, "admin"),
    Row("backoffice:payout_file", ADMIN_READ, "login 403 403 403 403 200", "pk=run", {}, "admin"),
    Row("backoffice:payout", ADMIN, ADMIN_POST, "pk=payout", {"act": "drop", **REASON}, "admin"),
    Row("backoffice:ledger", ADMIN, ADMIN_READ),
    Row("backoffice:ledger_entry", ADMIN, ADMIN_READ, "pk=entry"),
    Row("backoffice:taxes", ADMIN, ADMIN_READ),
    Row("backoffice:taxes_file", ADMIN, ADMIN_READ, "month=2026-11 form=csv"),
    Row("backoffice:taxes_file", ADMIN, ADMIN_READ, "month=2026-11 form=xlsx"),
    Row("backoffice:tax_certificate", ADMIN, ADMIN_READ, "pk=open_vendor year=2026"),
    Row("backoffice:searches", ADMIN, ADMIN_READ),
    Row("backoffice:search_explained", ADMIN, ADMIN_READ),
    Row("backoffice:jobs", ADMIN, ADMIN),
    Row("backoffice:job", ADMIN_READ, ADMIN_POST, "pk=job", {"decision": "discard"}, "admin"),
    Row("backoffice:mail", ADMIN404, ADMIN404),
]
ROWS = SHOP + BUYING + ACCOUNT + PORTAL + BACKOFFICE + ADMIN_ROWS
