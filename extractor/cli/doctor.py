"""govreport doctor"""

import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version

import click

from extractor.cli.options import show, tell

_CORE = (
    "regex",
    "jieba",
    "pandas",
    "pyarrow",
    "pdfplumber",
    "pypdfium2",
    "lxml",
    "charset-normalizer",
    "duckdb",
    "xlsxwriter",
    "click",
    "rich",
)
_EXTRAS = {
    "rapidocr": "govreport[ocr]",
    "onnxruntime": "govreport[ocr]",
    "spacy": "govreport[spacy]",
    "nbclient": "govreport[notebook]",
    "ipykernel": "govreport[notebook]",
}


@click.command(epilog="Example: govreport doctor")
def command() -> int:
    """Tell versions, extras and fonts of this machine. Exit 3 if something needed is missing."""
    from extractor import __version__
    from extractor.rules import load

    show(f"govreport {__version__}, Python {platform.python_version()}, {sys.platform}")
    knowledge = load()
    count = sum(len(rules) for rules in knowledge.rules.values())
    show(f"patterns {knowledge.version}: {count} rules in {knowledge.folders[0]}")
    missing = [name for name in _CORE if not _tell(name, None)]
    for name, extra in _EXTRAS.items():
        _tell(name, extra)
    show(f"LibreOffice (.doc, .wps, .rtf, .odt): {_office()}")
    show(f"fonts for Chinese: {_fonts()}")
    if missing:
        tell(f"missing: {', '.join(missing)} → pip install govreport")
        return 3
    return 0


def _tell(name: str, extra: str | None) -> bool:
    try:
        show(f"  {name} {version(name)}")
    except PackageNotFoundError:
        show(f"  {name} not installed" + (f" → pip install '{extra}'" if extra else ""))
        return False
    return True


def _office() -> str:
    """Old and foreign office formats need it; DOCX does not."""
    from extractor.reading.word.libreoffice import available

    return available() or "none → apt-get install libreoffice-writer"


def _fonts() -> str:
    """Only charts need them; the tables do not."""
    import subprocess

    lister = shutil.which("fc-list")
    if lister is None:
        return "unknown (no fc-list)"
    found = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False)
    names = sorted({line.split(",")[0] for line in found.stdout.splitlines() if line})
    return ", ".join(names[:3]) if names else "none → apt-get install fonts-noto-cjk (for charts only)"
