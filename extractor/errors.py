"""The error tree. Comes in: what went wrong, where, and what to do; goes out: one line with a stable code.

GovreportError
├── UsageError            E1xx  the caller asked for something that cannot be done (exit 2)
│   ├── MissingPath           E101
│   ├── OutputRefused         E102
│   ├── UnknownRow            E103
│   ├── BadQuery              E104
│   ├── BadConfig             E105
│   └── OutputInUse           E106
├── ReadingError          E2xx  one file could not be read (exit 1, the rest of the archive goes on)
│   ├── EmptyFile             E201
│   ├── UnknownEncoding       E202
│   ├── DamagedFile           E203
│   ├── EncryptedFile         E204
│   ├── NoTextLayer           E205
│   ├── NoPages               E206
│   ├── NotText               E207
│   ├── NoChinese             E208
│   ├── UnsupportedFormat     E209
│   ├── TooLarge              E210
│   ├── ArchiveLimit          E211
│   ├── PageShell             E212
│   ├── TookTooLong           E213
│   ├── TookTooMuch           E214
│   ├── WorkerDied            E215
│   └── TooManyRows           E216
├── EnvironmentFault      E3xx  something is missing on this machine (exit 3)
│   ├── PatternsNotFound      E301
│   ├── MissingExtra          E302
│   └── SystemFault           E303
└── RuleError             E5xx  a pattern file is at fault (exit 2)
    ├── RuleFault             E501
    └── RuleTimeout           E502
"""

import errno


class GovreportError(Exception):
    """Base of all errors: `code` is stable, `exit_status` is what the command returns.

    `what` says what was found, `where` names file, page or rule, `remedy` says what to do.
    """

    code = "E000"
    exit_status = 1

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(self.detail)

    @property
    def detail(self) -> str:
        """One line: code, place, finding, remedy."""
        place = f" {self.where}:" if self.where else ""
        remedy = f" → {self.remedy}" if self.remedy else ""
        return f"[{self.code}]{place} {self.what}{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        # keyword-only arguments do not survive pickling by default, and workers send errors home
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(kind: type[GovreportError], what: str, where: str | None, remedy: str | None) -> GovreportError:
    return kind(what, where=where, remedy=remedy)


class UsageError(GovreportError):
    """The caller asked for something that cannot be done."""

    code = "E100"
    exit_status = 2


class MissingPath(UsageError):
    """A path that was named does not exist."""

    code = "E101"


class OutputRefused(UsageError):
    """The output folder holds something that is not ours."""

    code = "E102"


class UnknownRow(UsageError):
    """A report, row or check of that name is not in the tables."""

    code = "E103"


class BadQuery(UsageError):
    """The SQL of a query could not be run."""

    code = "E104"


class BadConfig(UsageError):
    """A configuration file or option holds something unknown."""

    code = "E105"


class OutputInUse(UsageError):
    """Another run writes into the output folder."""

    code = "E106"


class ReadingError(GovreportError):
    """One file could not be read; the others are unharmed."""

    code = "E200"


class EmptyFile(ReadingError):
    """A file of no bytes, or of white space alone."""

    code = "E201"


class UnknownEncoding(ReadingError):
    """The bytes are text in no encoding that we know."""

    code = "E202"


class DamagedFile(ReadingError):
    """The container (PDF, DOCX, zip) is truncated or broken."""

    code = "E203"


class EncryptedFile(ReadingError):
    """The file asks for a password."""

    code = "E204"


class NoTextLayer(ReadingError):
    """A scanned document: pages are pictures."""

    code = "E205"


class NoPages(ReadingError):
    """A PDF without a single page."""

    code = "E206"


class NotText(ReadingError):
    """Binary bytes under the name of a text file."""

    code = "E207"


class NoChinese(ReadingError):
    """Readable text in which no Chinese stands."""

    code = "E208"


class UnsupportedFormat(ReadingError):
    """A format for which there is no reader."""

    code = "E209"


class TooLarge(ReadingError):
    """A file above the size limit."""

    code = "E210"


class ArchiveLimit(ReadingError):
    """An archive member beyond the limits on ratio, depth, count, size or path."""

    code = "E211"


class PageShell(ReadingError):
    """A web page whose text is not in the file: frames, inner frames, scripts."""

    code = "E212"


class TookTooLong(ReadingError):
    """A file beyond the time limit (`--file-timeout`)."""

    code = "E213"


class TookTooMuch(ReadingError):
    """A file beyond the memory limit (`--file-memory`)."""

    code = "E214"


class WorkerDied(ReadingError):
    """A file on which a process ended without a word, twice."""

    code = "E215"


class TooManyRows(ReadingError):
    """A file that gives more rows than a file may give (`--file-rows`)."""

    code = "E216"


class EnvironmentFault(GovreportError):
    """Something is missing on this machine."""

    code = "E300"
    exit_status = 3


class PatternsNotFound(EnvironmentFault):
    """The folder `patterns/` is neither installed nor beside the package."""

    code = "E301"


class MissingExtra(EnvironmentFault):
    """An optional library is not installed."""

    code = "E302"


class SystemFault(EnvironmentFault):
    """The operating system refuses: a full disk, a folder that may not be written or is gone."""

    code = "E303"

    @classmethod
    def of(cls, fault: OSError, path: object) -> "SystemFault":
        """The same fault with path and remedy."""
        what, remedy = _SYSTEM.get(fault.errno or 0, (str(fault.strerror or fault), "mend the cause"))
        return cls(what, where=str(fault.filename or path), remedy=f"{remedy}; the same command goes on where it was")


_SYSTEM = {
    errno.ENOSPC: ("no space is left on the disk", "make room, or name a folder on another disk"),
    errno.EDQUOT: ("the disk quota is used up", "make room, or name a folder on another disk"),
    errno.EROFS: ("the file system is read-only", "name a folder that may be written"),
    errno.EACCES: ("permission is denied", "allow it, or name a folder that may be written"),
    errno.EPERM: ("permission is denied", "allow it, or name a folder that may be written"),
    errno.ENOENT: ("the folder is gone", "put it back, or name another"),
    errno.ENOTDIR: ("a file stands where a folder should be", "name another folder"),
    errno.EIO: ("the disk cannot be read or written", "check the disk"),
    errno.EMFILE: ("too many files are open", "raise the limit (ulimit -n)"),
    errno.ENFILE: ("too many files are open", "end other programs"),
    errno.ESTALE: ("the shared folder was lost", "mount it again"),
    errno.ETIMEDOUT: ("the shared folder does not answer", "mount it again"),
    errno.ENAMETOOLONG: ("the path is too long", "name a folder nearer to the root"),
    errno.EFBIG: ("the file system takes no file so large", "name a folder on another disk"),
    errno.EBUSY: ("another program holds the file", "close it there"),
}


class RuleError(GovreportError):
    """A pattern file is at fault."""

    code = "E500"
    exit_status = 2


class RuleFault(RuleError):
    """A rule, lexicon or gazetteer breaks its form; names file, rule and key."""

    code = "E501"


class RuleTimeout(RuleError):
    """A pattern ran beyond its time limit."""

    code = "E502"
