"""The pages of words: delivery, returns, certificates, selling, rules, privacy; slug and title."""

from django.utils.translation import gettext_lazy

PAGES = {
    "giao-hang": gettext_lazy("Delivery fees and times"),
    "doi-tra": gettext_lazy("Returns, fresh and living goods"),
    "kiem-giay": gettext_lazy("How we check certificates"),
    "ban-hang": gettext_lazy("Selling here"),
    "bieu-phi": gettext_lazy("Fees for vendors"),
    "quy-che": gettext_lazy("Operating rules"),
    "rieng-tu": gettext_lazy("Privacy"),
    "khieu-nai": gettext_lazy("Complaints"),
}
