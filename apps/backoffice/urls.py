"""Addresses of the backoffice, under /quan-tri/."""

from django.urls import path

from apps.backoffice.views import cases, fees, jobs, mail, orders, papers, searches, vendors

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
    path("hoa-hong/", fees.fees, name="fees"),
    path("hoa-hong/moi/", fees.add_rule, name="rule_new"),
    path("hoa-hong/<id:pk>/", fees.change_rule, name="rule"),
    path("hoa-hong/<id:pk>/lam/", fees.act, name="rule_act"),
    path("hoa-hong/thue/moi/", fees.treat, name="treatment_new"),
    path("hoa-hong/thue/<id:pk>/bo/", fees.drop, name="treatment_drop"),
    path("tim-kiem/", searches.searches, name="searches"),
    path("tim-kiem/vi-sao/", searches.explained, name="search_explained"),
    path("tac-vu/", jobs.jobs, name="jobs"),
    path("tac-vu/<uuid:pk>/", jobs.decide, name="job"),
    path("thu/", mail.mailbox, name="mail"),
]
