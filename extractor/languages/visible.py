"""Text of strangers made visible: what would steer a terminal or turn the direction of reading is shown by a mark."""

import re
import unicodedata

# controls of direction hide what a text says: shown by name instead
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")


def visible(text: str) -> str:
    """The text with control characters and controls of direction as visible marks; line ends and tabs stay.

    >>> visible("甲\u202e乙\x07")
    '甲⟨RIGHT-TO-LEFT OVERRIDE⟩乙␇'
    """
    text = _BIDI.sub(lambda found: f"⟨{unicodedata.name(found[0])}⟩", text)
    return _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])) if ord(found[0]) < 0x20 else "␦", text)
