"""What payments know of persons: nothing but the words that came with a bank transfer."""

from apps.accounts.personal_data import exempt
from apps.payments.models import BankTransfer, Dispute, Payment, Reconciliation, Refund, RefundLine, Share, WebhookEvent

exempt("provider, amount and state of a payment; it names nobody", Payment)
exempt("amounts by vendor order; it names nobody", Share)
exempt("amount, state and reason of a refund; it names nobody", Refund)
exempt("amounts by line; no more than its refund", RefundLine)
exempt("numbers of a provider's notices; no content is kept", WebhookEvent)
exempt("what a bank statement says; accounting records are kept ten years (Decree 174/2016/NĐ-CP)", BankTransfer)
exempt("a provider's number, an amount and a reason code", Dispute)
exempt("sums of a day by a provider's numbers", Reconciliation)
