"""Drawing: a Vega-Lite specification as PNG, SVG or JSON: the only module that imports vl-convert.

vl-convert draws no text at all, silently, where it finds no font: a subset of Noto Sans CJK SC (SIL Open Font License,
`fonts/OFL.txt`) lies beside this file, with the characters of GB 2312 and of all division names.
"""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from extractor.errors import BadConfig, MissingExtra

FONTS = Path(__file__).parent / "fonts"
FORMS = (".png", ".svg", ".json")


def draw(spec: dict[str, Any], path: Path) -> None:
    """Write the file by its suffix; raises BadConfig for another one, MissingExtra without vl-convert."""
    suffix = path.suffix.lower()
    if suffix not in FORMS:
        raise BadConfig(f"no picture of kind {suffix or path.name}", remedy="known: " + ", ".join(FORMS))
    if suffix == ".json":
        path.write_text(json.dumps(spec, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    elif suffix == ".png":
        _write_png(_library().vegalite_to_png(spec, scale=2), path)
    else:
        path.write_text(_library().vegalite_to_svg(spec), encoding="utf-8")


def _write_png(made: bytes, path: Path) -> None:
    """The same pixels in a third of the bytes: vl-convert keeps an alpha channel and hardly packs."""
    with Image.open(BytesIO(made)) as picture:
        picture.convert("RGB").save(path, format="PNG", compress_level=6, dpi=(144, 144))


@cache
def _library() -> Any:
    try:
        import vl_convert
    except ImportError as fault:
        raise MissingExtra("vl-convert is not installed", remedy="pip install 'govreport[charts]'") from fault
    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
