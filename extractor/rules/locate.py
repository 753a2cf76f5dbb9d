"""Where patterns/ lies: inside the installed package, else beside it in a source checkout."""

from importlib.resources import files
from pathlib import Path

from extractor.errors import PatternsNotFound

_SENTINEL = "VERSION"


def patterns_folder() -> Path:
    """The folder of the shipped patterns.

    An editable install cannot find a folder without `__init__.py` through
    `files("extractor.patterns")`, so the two places are tried by hand.
    """
    package = Path(str(files("extractor")))
    for folder in (package / "patterns", package.parent / "patterns"):
        if (folder / _SENTINEL).is_file():
            return folder
    raise PatternsNotFound(
        "patterns/ is neither inside the package nor beside it",
        where=str(package),
        remedy="reinstall govreport, or run it from a complete checkout",
    )
