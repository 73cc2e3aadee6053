"""Reviews of the demo, put together from short honest sentences."""

import datetime as dt
from random import Random

from django.db.models import Avg

from apps.accounts.models import User
from apps.demo.people import SHOPPERS, shopper_email
from apps.demo.rows import GoodsRow, dice, goods_rows
from apps.kernel.clock import now
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.reviews.models import ProductReview

_PARCEL_GOOD = (
    "Hàng đúng như mô tả, gói kín.",
    "Đóng gói cẩn thận, tem còn nguyên.",
    "Giao sớm hơn ngày hẹn một hôm.",
    "Nhà bán gọi hỏi trước khi gửi.",
)
_PARCEL_FAIR = ("Hộp giấy hơi móp góc, bên trong vẫn nguyên.", "Giao chậm một ngày, hàng vẫn tốt.")
_GOOD = {
    "eaten": (
        "Vị thật, cả nhà đều thích.",
        "Ghi rõ ngày làm và hạn dùng.",
        "Mua biếu bố mẹ, ông bà khen ngon.",
        "Nhà tôi ăn hết trong một tuần.",
        "Lần thứ hai mua, vẫn như lần đầu.",
    ),
    "fresh": (
        "Quả đều, tươi, cuống còn xanh.",
        "Ngọt vừa, không dập quả nào.",
        "Đúng mùa nên ngon hơn hàng ngoài chợ.",
        "Chia cho hàng xóm ai cũng hỏi mua ở đâu.",
    ),
    "brewed": (
        "Hương nhẹ, hậu ngọt lâu.",
        "Pha ba nước vẫn còn thơm.",
        "Mở gói là thấy mùi, không hắc.",
        "Uống buổi sáng rất hợp.",
    ),
    "kept": (
        "Làm kỹ, sờ thấy khác hàng máy.",
        "Màu ngoài đời trầm hơn trong hình, tôi thích thế.",
        "Tặng khách nước ngoài, họ rất quý.",
        "Chắc tay, đường nét đều.",
    ),
    "grown": ("Cây khoẻ, rễ chắc, không gãy cành.", "Hoa bền hơn tôi nghĩ.", "Chậu đẹp, đất tơi."),
    "visited": ("Chủ nhà dẫn đi xem từng nơi, kể chuyện rất vui.", "Trẻ con nhà tôi không muốn về.", "Cơm trưa ngon."),
}
_FAIR = {
    "eaten": ("Vị hơi mặn so với nhà tôi.", "Gói nhỏ hơn tôi nghĩ, nên xem kỹ khối lượng."),
    "fresh": ("Vài quả chín quá.", "Ngọt nhưng quả không đều."),
    "brewed": ("Hơi đậm so với tôi.", "Gói nhỏ hơn tôi nghĩ, nên xem kỹ khối lượng."),
    "kept": ("Nhỏ hơn tôi hình dung, nên xem kỹ kích cỡ.", "Màu khác trong hình một chút."),
    "grown": ("Cây rụng vài lá trên đường đi.",),
    "visited": ("Cuối tuần hơi đông.",),
}
_KINDS = {
    "Trái cây tươi": "fresh",
    "Rau củ và nấm": "fresh",
    "Trà": "brewed",
    "Cà phê và ca cao": "brewed",
    "Thủ công mỹ nghệ": "kept",
    "Vải và may mặc": "kept",
    "Tinh dầu và mỹ phẩm": "brewed",
    "Hoa và cây cảnh": "grown",
    "Dịch vụ du lịch": "visited",
}
_REPLIES = (
    "Cảm ơn bạn đã tin nhà chúng tôi.",
    "Cảm ơn bạn. Góp ý này chúng tôi ghi lại cho mẻ sau.",
    "Cảm ơn bạn, mong bạn ghé lại khi vào mùa.",
)
_TITLES = {5: "Rất hài lòng", 4: "Hài lòng", 3: "Tạm được", 2: "Chưa ưng"}
_EACH_THIRD = 3


def make_reviews(products: dict[str, Product], people: dict[str, User]) -> int:
    """Write reviews of every third product and work out the ratings; returns how many."""
    shoppers = [people[shopper_email(number)] for number in range(1, SHOPPERS + 1)]
    chosen = goods_rows()[::_EACH_THIRD]
    reviews = [review for row in chosen for review in _of(row, products[row.sku], shoppers)]
    dates = [review.date_created for review in reviews]
    ProductReview.objects.bulk_create(reviews)
    for review, at in zip(reviews, dates, strict=True):
        review.date_created = at
    ProductReview.objects.bulk_update(reviews, ["date_created"])
    approved = ProductReview.objects.filter(status=ProductReview.APPROVED)
    for row in approved.values("product_id").annotate(mean=Avg("score")).order_by():
        Product.objects.filter(pk=row["product_id"]).update(rating=row["mean"])
    return len(reviews)


def _of(row: GoodsRow, product: Product, shoppers: list[User]) -> list[ProductReview]:
    """Few reviews for most goods, many for some."""
    chance = dice("reviews", row.sku)
    many = chance.choices((2, 3, 4, 6, 12), (20, 30, 25, 20, 5))[0]
    kind = _KINDS.get(row.category, "eaten")
    return [_one(product, kind, shopper, chance) for shopper in chance.sample(shoppers, many)]


def _one(product: Product, kind: str, shopper: User, chance: Random) -> ProductReview:
    score = chance.choices((5, 4, 3, 2), (58, 30, 9, 3))[0]
    words = [chance.choice(_GOOD[kind])] if score >= 4 else [chance.choice(_FAIR[kind])]
    if kind != "visited" and chance.random() < 0.6:
        words.append(chance.choice(_PARCEL_GOOD if score >= 4 else _PARCEL_FAIR))
    at = now() - dt.timedelta(days=chance.randint(1, 200), hours=chance.randint(0, 23))
    replied = chance.random() < 0.3
    return ProductReview(
        product=product,
        user=shopper,
        score=score,
        title=_TITLES[score],
        body=" ".join(words),
        status=ProductReview.FOR_MODERATION if chance.random() < 0.03 else ProductReview.APPROVED,
        is_verified=chance.random() < 0.85,
        vendor_reply=chance.choice(_REPLIES) if replied else "",
        vendor_replied_at=at + dt.timedelta(days=1) if replied else None,
        date_created=at,
    )
