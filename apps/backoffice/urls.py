"""Addresses of the backoffice, under /quan-tri/."""

from django.urls import path

from apps.backoffice.views import (
    bank,
    cases,
    cash,
    jobs,
    mail,
    money,
    orders,
    papers,
    searches,
    statement,
    vendors,
)

urlpatterns = [
    path("", cases.queue, name="home"),
    path("nha-ban/", vendors.register, name="vendors"),
    path("nha-ban/<id:pk>/", cases.vendor, name="vendor"),
    path("nha-ban/<id:pk>/tam-ngung/", vendors.suspend, name="vendor_suspend"),
    path("nha-ban/<id:pk>/mo-lai/", vendors.lift, name="vendor_lift"),
    path("san-pham/<id:pk>/", cases.listing, name="listing"),
    path("chung-nhan/<id:pk>/", cases.certificate, name="certificate"),
    path("chung-nhan/<id:pk>/thu-hoi/", cases.certificate_revoke, name="certificate_revoke"),
    path("chung-nhan/<id:pk>/ban-quet/", papers.scan, name="scan"),
    path("giay-to/<id:pk>/", papers.paper, name="paper"),
    path("don-hang/", orders.orders, name="orders"),
    path("don-hang/<str:number>/", orders.order, name="order"),
    path("hoan-tien/<str:number>/", money.give_back, name="refund"),
    path("khieu-nai-the/", money.disputes, name="disputes"),
    path("doi-soat/", money.reconciliations, name="reconciliations"),
    path("ngan-hang/", bank.transfers, name="bank"),
    path("ngan-hang/<id:pk>/", bank.transfer, name="transfer"),
    path("ngan-hang/sao-ke/", statement.statement, name="statement"),
    path("ngan-hang/hoan-tien/", bank.refunds, name="refunds"),
    path("ngan-hang/hoan-tien/<id:pk>/", bank.refund_sent, name="refund_sent"),
    path("ngan-hang/thu-ho/", cash.cash, name="cash"),
    path("ngan-hang/thu-ho/doi-soat/", cash.remittance, name="remittance"),
    path("tim-kiem/", searches.searches, name="searches"),
    path("tim-kiem/vi-sao/", searches.explained, name="search_explained"),
    path("tac-vu/", jobs.jobs, name="jobs"),
    path("tac-vu/<uuid:pk>/", jobs.decide, name="job"),
    path("thu/", mail.mailbox, name="mail"),
]
