"""Who gets what below /quan-tri-du-lieu/, Django's own admin over raw tables: nobody but admins."""

from tests.integration.access.check import Row

SHUT = "admin-login admin-login admin-login admin-login admin-login "
# Table, a row of it, what its add page (GET, POST) and delete page answer to an admin, whose delete touches the shop.
# People are changed only once the password is given again.
MODELS = (
    ("account/emailaddress", "email", "200 200", "302", ""),
    ("accounts/user", "user", "200 302", "403", ""),
    ("auth/group", "group", "200 200", "302", ""),
    ("provenance/certificate", "checked", "403 403", "403", ""),
    ("search/synonymgroup", "synonyms", "200 200", "302", ""),
    ("vendors/membership", "member", "403 403", "403", ""),
    ("vendors/vendor", "applicant", "403 403", "403", ""),
)
ROOT = "/quan-tri-du-lieu/"


def _of_model(path: str, example: str, add: str, delete: str, writers: str) -> list[Row]:
    """The pages of one table."""
    name, at = f"admin:{path.replace('/', '_')}", f"object_id={example}"
    ask = "403" if delete == "403" else "200"
    add_get, add_post = add.split()
    return [
        Row(f"{name}_changelist", SHUT + "200", SHUT + "200"),
        Row(f"{name}_add", SHUT + add_get, SHUT + add_post),
        Row(f"{name}_history", SHUT + "200", SHUT + "200", at),
        Row(f"{name}_delete", SHUT + ask, SHUT + delete, at, {"post": "yes"}, writers),
        Row(f"{name}_change", SHUT + "200", SHUT + add_post, at),
        Row(f"{ROOT}{path}/<path:object_id>/", SHUT + "302", SHUT + "302", f"{ROOT}{path}/{{{example}}}/"),
    ]


ADMIN_ROWS = [
    Row("admin:index", SHUT + "200", SHUT + "200"),
    Row("admin:login", "login 403 403 403 403 302", "login 403 403 403 403 200"),
    Row("admin:logout", "302 302 302 302 302 405", "302 302 302 302 302 200"),
    Row("admin:password_change", SHUT + "200", SHUT + "200"),
    Row("admin:password_change_done", SHUT + "200", SHUT + "405"),
    Row("admin:autocomplete", SHUT + "403", SHUT + "405"),
    Row("admin:jsi18n", SHUT + "200", SHUT + "405"),
    Row("admin:view_on_site", SHUT + "404", SHUT + "404", "content_type_id=user_type object_id=user"),
    Row("admin:app_list", SHUT + "200", SHUT + "200", "app_label=vendors"),
    Row(f"{ROOT}(?P<url>.*)$", SHUT + "404", SHUT + "404", f"{ROOT}khong-co/"),
    *[row for model in MODELS for row in _of_model(*model)],
]
