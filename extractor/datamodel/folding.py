"""The parallel view: a text of the same length in which width and variants are folded.

Comes in: a text. Goes out: a text with as many code points, so that an offset into one is an
offset into the other. Patterns are written against the view and so work in half-width and
full-width punctuation alike; quotes are always cut from the text itself.
"""

_WIDTH = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
_SPACES = dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\t", " ")
_BRACKETS = {
    "﹝": "〔",
    "﹞": "〕",
    "〈": "<",
    "〉": ">",
    "﹙": "(",
    "﹚": ")",
    "【": "[",
    "】": "]",
    "［": "[",
    "］": "]",
}
_MARKS = {
    "﹕": ":",
    "∶": ":",
    "﹔": ";",
    "﹐": ",",
    "％": "%",
    "﹪": "%",
    "－": "-",
    "﹣": "-",
    "–": "-",
    "—": "—",
    "～": "~",
    "〜": "~",
    "•": "·",
    "・": "·",
    "‧": "·",
    "〇": "〇",
    "○": "〇",
}
# Variant and traditional forms that stand inside document numbers and measure words: a
# document that writes 國辦發〔2020〕4號 must meet the same rules. One code point each.
_VARIANTS = dict(
    zip(
        "國發號辦滬縣區鎮鄉條項個萬億餘戶筆數達約過間場會議書證執審處訴訟決調計劃關於於開貫徹實轉據規參頒環衛財稅農業務聯兩貳陸點幾負雙圓錢銭塊畝噸",
        "国发号办沪县区镇乡条项个万亿余户笔数达约过间场会议书证执审处诉讼决调计划关于于开贯彻实转据规参颁环卫财税农业务联两贰陆点几负双圆钱钱块亩吨",
        strict=True,
    )
)
_TABLE = str.maketrans({**_WIDTH, **_SPACES, **_BRACKETS, **_MARKS, **_VARIANTS})


def fold(text: str) -> str:
    """The parallel view of `text`: same length, width and variants folded.

    >>> fold("（宝罗府﹝２０１９﹞135號），占90％")
    '(宝罗府〔2019〕135号),占90%'
    """
    return text.translate(_TABLE)
