"""Options of a run: what changes its results, and the fingerprint that tells results apart."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from extractor import __version__
from extractor.errors import MissingPath
from extractor.rules import load

# a long report gives some thousands; a file that gives more than this is a flood of digits
MOST_ROWS = 500_000


@dataclass(frozen=True, slots=True)
class Options:
    """What changes results: overlays, area, registries of documents, `bare_laws` (laws named without 《》), and
    `most_rows`, above which a file is refused.

    All but the last and the registries, which only the merge reads, are part of a shard's name.
    """

    patterns: Path | None = None
    divisions: Path | None = None
    area: str | None = None
    registries: tuple[Path, ...] = ()
    bare_laws: bool = False
    most_rows: int = MOST_ROWS

    def absolute(self) -> "Options":
        """The same, for whoever stands in another folder."""
        here = {
            name: path.absolute() for name in ("patterns", "divisions") if (path := getattr(self, name)) is not None
        }
        return replace(self, **here, registries=tuple(path.absolute() for path in self.registries))

    def fingerprint(self) -> str:
        """Changes with program, patterns, divisions table and area."""
        digest = sha256(
            f"{__version__} {load(self.patterns).version} {self.area or ''}{' bare' * self.bare_laws}".encode()
        )
        # a version stands for many states of a checkout: what an older one made must not be taken over
        for source in sorted(Path(__file__).parents[1].rglob("*.py")):
            digest.update(source.read_bytes())
        if self.divisions is not None:
            if not self.divisions.is_file():
                raise MissingPath("no such file", where=str(self.divisions), remedy="check --divisions")
            digest.update(self.divisions.read_bytes())
        return digest.hexdigest()[:16]
