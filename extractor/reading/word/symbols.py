"""Signs of symbol fonts in Word files: a font and a code → the character that is meant.

Comes in: the font of a w:sym or of a run, and a code (F0xx in the private-use area, or xx alone). Goes out: one
character; what is not known stays in the private-use area, where assembly counts it as without meaning.
"""

# Wingdings: ticks and boxes of forms, list marks, digits in circles
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆", 0x76: "❖",
    0x9F: "•", 0xA1: "○", 0xA7: "■", 0xA8: "□", 0xAB: "★", 0xB2: "⟡", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE1: "↑",
    0xE2: "↓", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x46: "☞", 0x4A: "☺",
    0x26: "📖", 0x28: "☎", 0x2A: "✉",
}  # fmt: skip
_WINGDINGS.update({0x80: "⓪", 0x8B: "⓿"})
_WINGDINGS.update({0x80 + digit: chr(0x245F + digit) for digit in range(1, 11)})
_WINGDINGS.update({0x8B + digit: chr(0x2775 + digit) for digit in range(1, 11)})
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x97: "●", 0x98: "●"}
_WINGDINGS_2.update({0x69: "⓪", 0x74: "⓿"})
_WINGDINGS_2.update({0x69 + digit: chr(0x245F + digit) for digit in range(1, 11)})
_WINGDINGS_2.update({0x74 + digit: chr(0x2775 + digit) for digit in range(1, 11)})
# Symbol: Adobe's encoding
_SYMBOL = dict(
    zip(
        [*range(0x41, 0x5B), *range(0x61, 0x7B)],
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL.update(
    {
        0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
        0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xD0: "∠",
        0xD6: "√", 0xD7: "⋅", 0xE5: "∑", 0xA8: "♦", 0xB6: "∂", 0xF2: "∫", 0x7E: "∼", 0x40: "≅",
    }
)  # fmt: skip
_FONTS: dict[str, dict[int, str]] = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: int) -> str:
    """The character of a code in a font.

    >>> symbol("Wingdings", 0xF0FC), symbol("Symbol", 0xB3), symbol("Wingdings", 0xF082), symbol("宋体", 0x4E00)
    ('✓', '≥', '②', '一')
    """
    signs = _FONTS.get(font.lower())
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if signs is not None and place in signs:
        return signs[place]
    if signs is not None and 0x20 < place <= 0xFF:
        return chr(0xF000 + place)
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF or code < 0x20:
        return "\ufffd"
    return chr(code)
