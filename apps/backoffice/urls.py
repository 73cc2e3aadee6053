"""Addresses of the backoffice, under /quan-tri/."""

from django.urls import path

from apps.backoffice.views import cases, jobs, ledger, mail, money, orders, papers, payouts, searches, taxes, vendors

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
    path("chi-tra/", payouts.runs, name="payout_runs"),
    path("chi-tra/<id:pk>/", payouts.run, name="payout_run"),
    path("chi-tra/<id:pk>/tep/", payouts.file, name="payout_file"),
    path("chi-tra/lenh/<id:pk>/", payouts.payout, name="payout"),
    path("so-cai/", ledger.entries, name="ledger"),
    path("so-cai/<id:pk>/", ledger.entry, name="ledger_entry"),
    path("thue/", taxes.month, name="taxes"),
    path("thue/<str:month>/<str:form>/", taxes.file, name="taxes_file"),
    path("nha-ban/<id:pk>/thue/<int:year>/", taxes.certificate, name="tax_certificate"),
    path("tim-kiem/", searches.searches, name="searches"),
    path("tim-kiem/vi-sao/", searches.explained, name="search_explained"),
    path("tac-vu/", jobs.jobs, name="jobs"),
    path("tac-vu/<uuid:pk>/", jobs.decide, name="job"),
    path("thu/", mail.mailbox, name="mail"),
]
