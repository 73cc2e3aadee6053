"""What the hosted pages say, in Vietnamese and English."""

WORDS: dict[str, tuple[str, str]] = {
    "test_mode": ("Chế độ thử", "Test mode"),
    "test_mode_help": (
        "Không có tiền thật nào được chuyển. Đừng nhập số thẻ thật.",
        "No real money moves. Do not enter a real card.",
    ),
    "language": ("Ngôn ngữ", "Language"),
    "pay_shop": ("Thanh toán cho {shop}", "Pay {shop}"),
    "order": ("Đơn của bạn", "Your order"),
    "quantity": ("Số lượng", "Quantity"),
    "total": ("Tổng cộng", "Total"),
    "pay_by_card": ("Trả bằng thẻ", "Pay by card"),
    "email": ("Email nhận biên nhận", "E-mail for the receipt"),
    "number": ("Số thẻ", "Card number"),
    "expiry": ("Hết hạn", "Expires"),
    "expiry_hint": ("tháng/năm, ví dụ 12/34", "month/year, such as 12/34"),
    "cvc": ("Mã CVC", "CVC"),
    "cvc_hint": ("3 số ở mặt sau thẻ", "3 digits on the back"),
    "name": ("Tên in trên thẻ", "Name on the card"),
    "pay": ("Trả {amount}", "Pay {amount}"),
    "back": ("Quay lại cửa hàng", "Back to the shop"),
    "cards": ("Thẻ để thử", "Test cards"),
    "cards_help": (
        "Bấm một thẻ để điền số thẻ, ngày hết hạn và CVC.",
        "Choose a card to fill in its number, expiry date and CVC.",
    ),
    "card_pays": ("Trả thành công", "Pays"),
    "card_declines": ("Bị từ chối", "Is declined"),
    "card_poor": ("Không đủ tiền", "Has insufficient funds"),
    "card_asks": ("Hỏi xác thực 3-D Secure", "Asks for 3-D Secure"),
    "card_disputes": ("Trả thành công, rồi bị khiếu nại", "Pays, then is disputed"),
    "use": ("Dùng thẻ {number}: {what}", "Use card {number}: {what}"),
    "problems": ("Chưa thanh toán được", "The payment did not go through"),
    "error": ("Lỗi", "Error"),
    "need_email": (
        "Nhập địa chỉ email, ví dụ ten@example.com.",
        "Enter an e-mail address, such as name@example.com.",
    ),
    "need_number": ("Nhập số thẻ, 12 đến 19 chữ số.", "Enter the card number, 12 to 19 digits."),
    "need_expiry": ("Nhập tháng và năm hết hạn, ví dụ 12/34.", "Enter the month and year of expiry, such as 12/34."),
    "past_expiry": ("Thẻ này đã hết hạn. Chọn thẻ khác.", "This card has expired. Choose another one."),
    "need_cvc": ("Nhập mã CVC, 3 hoặc 4 chữ số.", "Enter the CVC, 3 or 4 digits."),
    "need_name": ("Nhập tên in trên thẻ.", "Enter the name on the card."),
    "incorrect_number": ("Số thẻ không đúng. Kiểm tra lại từng số.", "The card number is wrong. Check every digit."),
    "test_mode_live_card": (
        "Thẻ này không phải thẻ thử. Chọn một thẻ trong danh sách bên dưới.",
        "This is no test card. Choose one from the list below.",
    ),
    "generic_decline": ("Thẻ bị từ chối. Thử một thẻ khác.", "The card was declined. Try another card."),
    "insufficient_funds": (
        "Thẻ không đủ tiền. Thử một thẻ khác.",
        "The card has insufficient funds. Try another card.",
    ),
    "expired_card": ("Thẻ này đã hết hạn. Chọn thẻ khác.", "This card has expired. Choose another one."),
    "incorrect_cvc": ("Mã CVC không đúng.", "The CVC is wrong."),
    "authentication_failed": (
        "Ngân hàng chưa xác thực được bạn. Thử lại hoặc dùng thẻ khác.",
        "Your bank could not authenticate you. Try again or use another card.",
    ),
    "session_expired": ("Trang thanh toán này đã hết hạn", "This payment page has expired"),
    "session_expired_help": (
        "Bạn chưa bị trừ tiền. Quay lại cửa hàng để bắt đầu lại.",
        "You were not charged. Go back to the shop to start again.",
    ),
    "session_paid": ("Đơn này đã được thanh toán", "This order is paid"),
    "session_paid_help": ("Bạn không cần trả thêm gì.", "There is nothing more to pay."),
    "not_found": ("Không có trang này", "There is no such page"),
    "not_found_help": ("Đường dẫn không đúng hoặc đã cũ.", "The address is wrong or too old."),
    "bank_title": ("Ngân hàng hỏi bạn", "Your bank asks"),
    "bank_question": (
        "Bạn có đồng ý trả {amount} cho {shop}?",
        "Do you agree to pay {amount} to {shop}?",
    ),
    "bank_help": (
        "Ngân hàng thật sẽ hỏi mã một lần ở đây (3-D Secure). Ở chế độ thử, bạn chọn câu trả lời.",
        "A real bank would ask for a one-time code here (3-D Secure). In test mode you choose the answer.",
    ),
    "approve": ("Đồng ý trả", "Approve"),
    "refuse": ("Từ chối", "Refuse"),
    "setup_title": ("Nhận tiền từ {shop}", "Get paid by {shop}"),
    "setup_help": (
        "Stripe thật sẽ hỏi giấy tờ và tài khoản ngân hàng ở đây. Ở chế độ thử, chỉ cần xác nhận.",
        "The real Stripe would ask for papers and a bank account here. In test mode you only confirm.",
    ),
    "setup_account": ("Tài khoản", "Account"),
    "setup_done": ("Xác nhận và kích hoạt", "Confirm and activate"),
    "setup_later": ("Để sau", "Later"),
    "setup_used": ("Liên kết này đã hết hạn", "This link has expired"),
    "setup_used_help": ("Xin cửa hàng một liên kết mới.", "Ask the shop for a new link."),
    "setup_new": ("Xin liên kết mới", "Get a new link"),
}


def say(language: str, key: str, **parts: str) -> str:
    """A sentence in `vi` or `en`, with its parts filled in."""
    return WORDS[key][0 if language == "vi" else 1].format(**parts)
