"""Characters that look like ordinary ones but are not: radicals, compatibility forms, private-use glyphs.

Comes in: a character. Goes out: its ordinary form, one character, or itself. Sources: Unicode's Kangxi and radicals
blocks, GB 18030-2022 (which moved the private-use code points of GBK), the symbol fonts of office programs.
"""

import unicodedata

# forms of the radicals supplement that Unicode gives no compatibility mapping
_SUPPLEMENT = (
    "⺀冫⺁厂⺈刀⺊卜⺌小⺕彐⺖忄⺗心⺘扌⺙攵⺝月⺟母⺠民⺡氵⺣灬⺤爫⺦丬⺧牛⺨犭⺩王⺫罒⺬示⺭礻⺮竹⺰纟⺲罒⺶羊⺷羊⺸羊⺹耂⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎"
    "⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒長⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾"
    "⻬齐⻮齿⻰龙⻳龟"
)
# Kangxi radicals whose compatibility form is not the one in use today
_TODAY = "⼾户⽗父⾒見⾐衣"
# GB 18030-2022: vertical punctuation and the last eight characters of GBK
_GBK = {
    0xE78D: "\ufe10", 0xE78E: "\ufe12", 0xE78F: "\ufe11", 0xE790: "\ufe13", 0xE791: "\ufe14", 0xE792: "\ufe15",
    0xE793: "\ufe16", 0xE794: "\ufe17", 0xE795: "\ufe18", 0xE796: "\ufe19", 0xE7C7: "ḿ", 0xE81E: "龴",
    0xE826: "龵", 0xE82B: "龶", 0xE82C: "龷", 0xE832: "龸", 0xE843: "龹", 0xE854: "龺", 0xE864: "龻",
    0xE5E5: "\u3000",
}  # fmt: skip
# Symbol and Wingdings put their glyphs at F000 and up
_SYMBOLS = {
    0xF06C: "●", 0xF06E: "■", 0xF06F: "□", 0xF075: "◆", 0xF076: "❖", 0xF09F: "•", 0xF0A7: "■", 0xF0A8: "□",
    0xF0B7: "•", 0xF0D8: "➢", 0xF0E0: "→", 0xF0FC: "✓", 0xF0FE: "☑",
}  # fmt: skip
# digits in old style
_DIGITS = {0xF730 + value: str(value) for value in range(10)}
_PAIRS = _SUPPLEMENT + _TODAY
_FORMS = {
    **dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)),
    **{chr(code): form for code, form in {**_GBK, **_SYMBOLS, **_DIGITS}.items()},
}


def ordinary(char: str) -> str:
    """The ordinary form; other characters as they are.

    >>> ordinary("⼾"), ordinary("⻓"), ordinary("\uf06c"), ordinary("、")
    ('户', '长', '●', '、')
    """
    form = _FORMS.get(char)
    if form is not None:
        return form
    code = ord(char)
    radical = 0x2E80 <= code <= 0x2FD5
    if radical or 0xF900 <= code <= 0xFAFF or 0xFE30 <= code <= 0xFE4F or code >= 0x2F800:
        form = unicodedata.normalize("NFKC", char)
        return form if len(form) == 1 else char
    return char
