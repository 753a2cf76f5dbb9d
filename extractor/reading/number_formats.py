"""Numbers of lists as Word shows them: a value and a number format (ST_NumberFormat) → text.

Comes in: a value of a list's counter and the name of the format in numbering.xml. Goes out: the text of the number;
None for a format that is not known here (alphabets of other scripts, numbers in English words).
Source: ECMA-376 part 1, 17.18.59, and Microsoft's notes on it ([MS-OI29500] 2.1.540, [MS-DOCX] 2.4).
"""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("一二三四五六七八九十百千万", "壹貳參肆伍陸柒捌玖拾佰仟萬")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
# a counter beyond it is a forged file, not a list
_MOST = 99_999
_LETTERS_REPEATED = 780


def numbered(value: int, number_format: str) -> str | None:
    """The number as text; a set of signs that is used up goes on in decimals, as in Word.

    >>> [numbered(12, name) for name in ("chineseCounting", "japaneseCounting", "ideographDigital", "decimalZero")]
    ['十二', '十二', '一二', '12']
    >>> numbered(3, "decimalEnclosedCircle"), numbered(21, "decimalEnclosedCircle"), numbered(28, "upperLetter")
    ('③', '21', 'BB')
    """
    if number_format.startswith("0"):
        # 001, 002: as many digits as there are zeros
        return str(value).zfill(len(number_format))
    made = _FORMATS.get(number_format)
    if made is None:
        return None
    return made(value) if 0 <= value <= _MOST else str(value)


def counted(value: int, *, lead: bool = True, zero: str = "零") -> str:
    """A number in Chinese words; `lead`: 一百, not 百; 10 to 19 are 十 to 十九 either way.

    >>> counted(10), counted(105), counted(20012), counted(115, lead=False, zero="")
    ('十', '一百零五', '二万零一十二', '百十五')
    """
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = zero if 0 < low < 1000 else ""
        return counted(high, lead=lead, zero=zero) + "万" + gap + (_group(low, lead, zero) if low else "")
    text = _group(value, lead, zero) if value else "〇"
    return text[1:] if text.startswith("一十") else text


def _group(value: int, lead: bool, zero: str) -> str:
    """Below ten thousand, with every 一 that `lead` asks for."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (zero if gap else "") + ("" if digit == 1 and place and not lead else _DIGITS[digit]) + _PLACES[place]
        gap = False
    return text


def _digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _below_hundred(value: int) -> str:
    """Words up to 99, then digit by digit with a circle for zero."""
    return counted(value) if 0 < value < 100 else _digits(value).replace("〇", "○")


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _letters(value: int) -> str:
    """A to Z, then AA to ZZ, AAA …; Word begins anew behind thirty letters."""
    place = (value - 1) % _LETTERS_REPEATED
    return chr(ord("A") + place % 26) * (place // 26 + 1) if value else ""


def _run(first: str, count: int) -> Callable[[int], str]:
    """Signs that stand one after the other in Unicode."""
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _wide(value: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(value))


def _ordinal(value: int) -> str:
    last = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{last}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "numberInDash": lambda value: f"- {value} -",
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "chineseCounting": _below_hundred,
    "taiwaneseCounting": _below_hundred,
    "chineseCountingThousand": counted,
    "taiwaneseCountingThousand": counted,
    "japaneseCounting": lambda value: counted(value, lead=False, zero=""),
    "koreanCounting": lambda value: counted(value, lead=False, zero=""),
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": lambda value: _digits(value).replace("〇", "○"),
    "koreanDigital2": lambda value: _digits(value).replace("〇", "零"),
    "chineseLegalSimplified": lambda value: _group_of_legal(value).translate(_LEGAL),
    "ideographLegalTraditional": lambda value: _group_of_legal(value).translate(_LEGAL_TRADITIONAL),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda value: _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12],
    "ideographEnclosedCircle": _run("㈠", 10),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "none": lambda value: "",
}  # fmt: skip


def _group_of_legal(value: int) -> str:
    """Words with every 一 in front: 10 is 壹拾, not 拾."""
    text = counted(value)
    return "一" + text if text.startswith("十") else text
