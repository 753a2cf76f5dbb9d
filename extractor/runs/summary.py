"""What a run tells: progress after each bundle of files, and a summary of its tables at the end."""

from dataclasses import dataclass, field

from extractor.datamodel.vocabulary import SourceStatus


@dataclass(frozen=True, slots=True)
class FileDone:
    """Told of each file: how many are done, of how many, the file, its status, the seconds it took, and of one
    that failed the reason."""

    done: int
    total: int
    path: str
    status: SourceStatus
    seconds: float
    reason: str | None = None


@dataclass(slots=True)
class Summary:
    """What a run did: files by status, rows by table, unexplained numerals, failures with reason; folders of ours
    that lay in the archive and were left out; True for `unchanged` where nothing had to be done."""

    files: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    numerals: int = 0
    unexplained: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unchanged: bool = False

    @property
    def failed(self) -> int:
        """Number of files that failed."""
        return self.files.get(SourceStatus.FAILED.value, 0)
