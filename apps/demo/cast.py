"""Which rows of the demo play which part: everything that is not on sale, not certified or nearly gone."""

DEMO_VENDOR, SECOND_VENDOR = "V006", "V035"
# Made by the demo vendor, a household, itself: taxed as production.
OWN_MAKE = "DS0002"

APPLIED_VENDORS = frozenset({"V034", "V040", "V115"})
REJECTED_VENDOR = "V085"
SUSPENDED_VENDOR = "V113"
WAITING_VENDORS = APPLIED_VENDORS | {REJECTED_VENDOR}

DRAFTS = frozenset({"DS0089", "DS0270", "DS0211", "DS0193", "DS0248"})
SUBMITTED = frozenset({"DS0033", "DS0045", "DS0103", "DS0166", "DS0205", "DS0277"})
PAUSED = frozenset({"DS0022", "DS0128", "DS0226", "DS0200"})
REJECTED = {
    "DS0026": "Ảnh chưa thấy nhãn và hạn dùng của gói sứa. Chụp thêm mặt sau bao bì rồi gửi lại.",
    "DS0160": "Câu “dùng cho trẻ nhỏ” cần số phiếu công bố mỹ phẩm. Gửi phiếu hoặc bỏ câu này.",
    "DS0114": "Chữ “bài thuốc” chỉ dùng cho thuốc đã đăng ký. Hãy viết là lá tắm, cao tắm.",
}

SOLD_OUT = frozenset({"DS0005", "DS0038", "DS0048", "DS0069", "DS0116", "DS0161", "DS0173", "DS0216"})
LOW_STOCK = frozenset(
    {"DS0004", "DS0023", "DS0051", "DS0053", "DS0076", "DS0101", "DS0142", "DS0151", "DS0196", "DS0218", "DS0220"}
)

EXPIRED = frozenset(
    {
        "DS0031",
        "DS0044",
        "DS0064",
        "DS0077",
        "DS0082",
        "DS0097",
        "DS0118",
        "DS0134",
        "DS0146",
        "DS0167",
        "DS0199",
        "DS0219",
    }
)
CLAIMED = frozenset({"DS0033", "DS0045", "DS0103", "DS0181", "DS0245", "DS0277"})
REFUSED = {"DS0026": "Số quyết định trên bản quét không khớp sổ của tỉnh. Gửi lại bản quét rõ cả con dấu."}
REVOKED = {"DS0194": "Tỉnh đã thu hồi quyết định công nhận sau đợt kiểm tra lại chất lượng muối."}
# Ends within three months, so that its vendor is told to have it rated again.
ENDING = {"DS0002": 50, "DS0023": 74, "DS0176": 33}
