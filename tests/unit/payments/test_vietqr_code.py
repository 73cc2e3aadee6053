"""What banking apps read, byte for byte."""

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from apps.kernel.money import Money, dong
from apps.payments.banks import BANKS
from apps.payments.vietqr_code import BadTransferCode, crc16, payload, png, svg

# Samples of NAPAS' specification and of the libraries vietnam-qr-pay and vietqr-parser.


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


KNOWN_GOOD = (
    "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F",
    "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52",
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
    "62340107NPS68690819thanh toan don hang63042E2E",
    "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN"
    "62340107NPS68690819thanh toan don hang6304A203",
    "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F",
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA5303704540410005802VN"
    "62150811Chuyen tien6304BBB8",
    # Published with the format "00".
    "00020001021238570010A00000072701270006970436011308810004580860208QRIBFTTA53037045802VN6304CD60",
    "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN"
    "62220818Ung Ho Quy Vac Xin63043ACF",
)
ACCOUNT = {"bank_bin": "970415", "account": "113366668888"}


def fields(text: str) -> dict[str, str]:
    """Number, length, value, again and again."""
    found = {}
    while text:
        number, length = text[:2], int(text[2:4])
        found[number], text = text[4 : 4 + length], text[4 + length :]
    return found


@pytest.mark.parametrize("code", KNOWN_GOOD)
def test_the_check_of_every_known_code_fits(code: str) -> None:
    assert crc16(code[:-4]) == code[-4:]
    assert fields(code)["63"] == code[-4:]


def test_the_check_of_its_own_standard() -> None:
    assert crc16("123456789") == "29B1"


def test_codes_with_amount_and_purpose_are_made_byte_for_byte() -> None:
    made = [
        payload(bank_bin="970416", account="257678859", amount=dong(1_000), purpose="Chuyen tien"),
        payload(**ACCOUNT, amount=dong(79_000), purpose="Ung Ho Quy Vac Xin"),
    ]
    assert made == [KNOWN_GOOD[5], KNOWN_GOOD[7]]


@pytest.mark.parametrize("code", [code for code in KNOWN_GOOD if "QRIBFTTA" in code])
def test_every_known_code_names_a_bank_and_an_account_as_ours_do(code: str) -> None:
    merchant = fields(fields(code)["38"])
    to_whom = fields(merchant["01"])
    ours = payload(bank_bin=to_whom["00"], account=to_whom["01"], amount=dong(1), purpose="x")
    assert fields(ours)["38"] == fields(code)["38"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"bank_bin": "970499"}, "970499"),
        ({"account": ""}, "1 to 19"),
        ({"account": "1" * 20}, "1 to 19"),
        ({"account": "1133 6666"}, "1 to 19"),
        ({"amount": dong(0)}, "13 digits"),
        ({"amount": dong(-1)}, "13 digits"),
        ({"amount": dong(10**13)}, "13 digits"),
        ({"amount": Money(100, "USD")}, "13 digits"),
        ({"purpose": "x" * 26}, "25 characters"),
        ({"purpose": ""}, "25 characters"),
        ({"purpose": "a/b"}, "letters, digits"),
    ],
)
def test_what_no_code_can_carry_is_refused_with_words(changed: dict[str, object], words: str) -> None:
    given = {**ACCOUNT, "amount": dong(1), "purpose": "x", **changed}
    with pytest.raises(BadTransferCode) as refusal:
        payload(**given)  # type: ignore[arg-type]
    assert words in str(refusal.value)


def test_the_limits_themselves_are_fine() -> None:
    code = payload(bank_bin="970436", account="1" * 19, amount=dong(10**13 - 1), purpose="x" * 25)
    assert (fields(code)["54"], fields(fields(code)["62"])["08"]) == ("9" * 13, "x" * 25)


def test_accents_of_a_purpose_are_dropped() -> None:
    code = payload(**ACCOUNT, amount=dong(1), purpose="Chè Đại Từ")
    assert fields(fields(code)["62"])["08"] == "che dai tu"


def test_banks_are_known_by_their_number_once() -> None:
    assert len({bank.code for bank in BANKS.values()}) == len(BANKS) == 40
    assert [number for number in BANKS if not re.fullmatch(r"\d{6}", number)] == []
    assert BANKS["970436"].name == "Vietcombank"


def test_the_picture_holds_no_style_that_the_content_policy_refuses() -> None:
    drawn = svg(KNOWN_GOOD[7])
    assert drawn.startswith("<svg viewBox=")
    assert [word for word in ("style", "script", "width=", "href") if word in drawn] == []
    assert png(KNOWN_GOOD[7])[:8] == b"\x89PNG\r\n\x1a\n"
