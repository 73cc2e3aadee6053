"""Addresses of the buying half of the shop: basket, checkout, orders, account."""

from django.urls import path

from apps.storefront.views import account, basket, checkout, notices, personal_data, places, tracking

buying_urls = [
    path("gio-hang/", basket.basket, name="basket"),
    path("gio-hang/them/", basket.add, name="basket_add"),
    path("gio-hang/dong/<id:line_id>/", basket.change_line, name="basket_line"),
    path("gio-hang/ma-giam/", basket.voucher, name="basket_voucher"),
    path("gio-hang/rieng/<slug:slug>/", basket.only_vendor, name="basket_only"),
    path("gio-hang/lay-lai/", basket.all_vendors, name="basket_all"),
    path("thanh-toan/", checkout.checkout, name="checkout"),
    path("don-hang/tra-cuu/", tracking.tracking, name="tracking"),
    path("don-hang/<str:number>/", tracking.order, name="order"),
    path("don-hang/<str:number>/cam-on/", tracking.order_placed, name="order_placed"),
    path("don-hang/<str:number>/huy/", tracking.order_cancel, name="order_cancel"),
    path("dia-chi/goi-y/", places.suggest, name="address_suggest"),
    path("dia-chi/xa/", places.communes, name="communes"),
    path("giao-den/", places.delivery_place, name="delivery_place"),
    path("tai-khoan/", account.overview, name="account"),
    # In front of allauth's own pages of these paths, which know neither the basket's cookie nor our limits.
    path("tai-khoan/logout/", account.sign_out),
    path("tai-khoan/signup/", account.sign_up),
    path("tai-khoan/password/reset/", account.reset_password),
    path("tai-khoan/email/", account.email),
    path("tai-khoan/sessions/", account.sign_ins),
    path("tai-khoan/ho-so/", account.profile, name="account_profile"),
    path("tai-khoan/du-lieu/", personal_data.data, name="account_data"),
    path("tai-khoan/du-lieu/ban-sao/", personal_data.export, name="account_data_export"),
    path("tai-khoan/du-lieu/ban-sao/<id:pk>/", personal_data.export_file, name="account_data_file"),
    path("tai-khoan/du-lieu/dong-y/", personal_data.consent, name="account_data_consent"),
    path("tai-khoan/du-lieu/xoa/", personal_data.erase, name="account_erase"),
    path("tai-khoan/du-lieu/giu-lai/", personal_data.erase_withdraw, name="account_erase_withdraw"),
    path("tai-khoan/thong-bao/", notices.notices, name="account_notices"),
    path("tai-khoan/thong-bao/da-doc/", notices.notices_read, name="account_notices_read"),
    path("tai-khoan/thong-bao/<id:pk>/", notices.notice, name="account_notice"),
    path("tai-khoan/don-hang/", account.orders, name="account_orders"),
    path("tai-khoan/don-hang/<str:number>/", account.order, name="account_order"),
    path("tai-khoan/dia-chi/", account.addresses, name="account_addresses"),
    path("tai-khoan/dia-chi/moi/", account.address_edit, name="account_address_new"),
    path("tai-khoan/dia-chi/<id:pk>/", account.address_edit, name="account_address_edit"),
    path("tai-khoan/dia-chi/<id:pk>/xoa/", account.address_delete, name="account_address_delete"),
]
