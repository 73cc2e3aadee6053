"""Addresses of the vendor portal, below /ban-hang/."""

from django.urls import path

from apps.vendor_portal.views import apply, asked, bank, home, listings, money, notices, orders, pictures, statements

urlpatterns = [
    path("", home.home, name="home"),
    path("dang-ky/", apply.apply, name="apply"),
    path("ho-so/", apply.profile, name="profile"),
    path("khach-tim/", asked.asked, name="asked"),
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/da-doc/", notices.notices_read, name="notices_read"),
    path("thong-bao/<id:pk>/", notices.notice, name="notice"),
    path("giay-to/<id:pk>/", apply.paper, name="paper"),
    path("don-hang/", orders.orders, name="orders"),
    path("don-hang/<str:number>/", orders.order, name="order"),
    path("don-hang/<str:number>/viec/", orders.act, name="order_act"),
    path("tien/", money.money, name="money"),
    path("tien/don-hang/", money.earned_orders, name="earned_orders"),
    path("tien/thue/<int:year>/", money.taxes, name="taxes"),
    path("tien/sao-ke/", statements.statements, name="statements"),
    path("tien/sao-ke/<id:pk>/", statements.statement, name="statement"),
    path("tien/sao-ke/<id:pk>/<str:form>/", statements.statement_file, name="statement_file"),
    path("tien/thang/<str:month>/", statements.month, name="month"),
    path("tien/thang/<str:month>/<str:form>/", statements.month_file, name="month_file"),
    path("tien/tai-khoan/", bank.bank, name="bank"),
    path("tien/tai-khoan/doi/", bank.change, name="bank_change"),
    path("tien/tai-khoan/<id:pk>/rut/", bank.withdraw, name="bank_withdraw"),
    path("tien/tai-khoan/xac-nhan/<str:word>/", bank.confirm, name="bank_confirm"),
    path("san-pham/", listings.listings, name="listings"),
    path("san-pham/moi/", listings.new, name="listing_new"),
    path("san-pham/<id:pk>/", listings.edit, name="listing_edit"),
    path("san-pham/<id:pk>/gia-kho/", listings.quick, name="listing_quick"),
    path("san-pham/<id:pk>/viec/", listings.act, name="listing_act"),
    path("san-pham/<id:pk>/xem-thu/", pictures.preview, name="listing_preview"),
    path("san-pham/<id:pk>/anh/", pictures.add, name="pictures"),
    path("san-pham/<id:pk>/anh/<id:picture_id>/", pictures.change, name="picture"),
    path("san-pham/<id:pk>/chung-nhan/", pictures.certificate, name="certificate"),
    path("chung-nhan/<id:pk>/ban-quet/", pictures.scan, name="scan"),
]
