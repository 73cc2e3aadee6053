"""Every address of the marketplace: Vietnamese without prefix, English under /en/."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from apps.backoffice import urls as backoffice
from apps.storefront import urls as storefront
from apps.vendor_portal import urls as vendor_portal
from marketplace.monitoring import views as monitoring
from marketplace.static import media

handler400 = "apps.storefront.views.errors.bad_request"
handler403 = "apps.storefront.views.errors.forbidden"
handler404 = "apps.storefront.views.errors.not_found"
# Asked for by allauth; Django knows no such name.
handler429 = "apps.storefront.views.errors.too_many_requests"
handler500 = "apps.storefront.views.errors.server_error"

# One sign-in for everybody: the admin's own form knows no limit on tries.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth says

urlpatterns = [
    path("", include(storefront.machine_patterns)),
    path("readyz", monitoring.ready, name="readyz"),
    path("metrics", monitoring.metrics, name="metrics"),
    *i18n_patterns(
        path("", include((storefront.urlpatterns, "storefront"))),
        path("tai-khoan/", include("allauth.urls")),
        path("ban-hang/", include((vendor_portal.urlpatterns, "vendor_portal"))),
        path("quan-tri/", include((backoffice.urlpatterns, "backoffice"))),
        prefix_default_language=False,
    ),
    path("quan-tri-du-lieu/", admin.site.urls),
]
if settings.SERVE_MEDIA:
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", media)]
