"""Addresses of the shop; they are a public contract (bookmarks, printed codes)."""

from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, path

from apps.storefront.sitemaps import SITEMAPS
from apps.storefront.urls_buying import buying_urls
from apps.storefront.views import asking, catalogue, machine, pages, product, suggestions, webhooks

machine_patterns: list[URLPattern] = [
    path("healthz", machine.health, name="healthz"),
    path("webhooks/stripe/", webhooks.stripe, name="webhook_stripe"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap_index, name="sitemap"),
    path("webhooks/bank/", webhooks.bank, name="webhook_bank"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
]

reading_urls: list[URLPattern] = [
    path("", catalogue.home, name="home"),
    path("tim-kiem/", catalogue.search, name="search"),
    path("tim-kiem/da-mo/", asking.opened, name="search_opened"),
    path("tim-kiem/ban-do/", catalogue.search_map, name="search_map"),
    path("tim-kiem/goi-y/", suggestions.suggest, name="suggest"),
    path("dang-mua/", catalogue.season, name="season"),
    path("danh-muc/<slug:slug>/", catalogue.category, name="category"),
    path("tinh/", catalogue.provinces, name="provinces"),
    path("tinh/<slug:slug>/", catalogue.province, name="province"),
    path("nha-ban/<slug:slug>/", catalogue.vendor, name="vendor"),
    path("san-pham/<slug:slug>-<id:pk>/", product.product, name="product"),
    path("so-chung-nhan/", catalogue.register, name="register"),
    path("so-chung-nhan/<id:pk>/ban-quet/", product.certificate_scan, name="certificate_scan"),
    path("tro-giup/", pages.index, name="help"),
    path("tro-giup/<slug:slug>/", pages.page, name="page"),
]

urlpatterns: list[URLPattern | URLResolver] = [*reading_urls, *buying_urls]
