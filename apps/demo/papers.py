"""Samples of papers: registrations of vendors and scans of certificates; each says itself that it is one."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from apps.demo.pictures.raster import font_files

# Longer titles do not fit in bold.
_BOLD_TITLE = 34


def sample_paper(title: str, lines: Sequence[str]) -> bytes:
    """A PNG of a paper with this title and these lines, marked as a sample without any value."""
    bold, plain = (ImageFont.truetype(font_files()[index], size) for index, size in ((2, 34), (0, 22)))
    height = 330 + 52 * len(lines)
    image = Image.new("L", (720, height), 250)
    pen = ImageDraw.Draw(image)
    pen.rectangle((14, 14, 705, height - 15), outline=110, width=3)
    pen.text((360, 70), "BẢN MẪU", font=plain, fill=120, anchor="mm")
    pen.text((360, 130), title, font=bold if len(title) < _BOLD_TITLE else plain, fill=30, anchor="mm")
    for place, words in enumerate((*lines, "Giấy này chỉ để minh hoạ, không có giá trị.")):
        pen.text((360, 210 + place * 52), words, font=plain, fill=60, anchor="mm")
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
