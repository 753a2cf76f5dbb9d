"""Publish: corpus tables derived, everything written beside, and renamed into place when complete."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.corpus.audit.reviews import load_reviews
from extractor.corpus.derive import derive
from extractor.corpus.registry import RegistryEntry
from extractor.rules import load
from extractor.rules.gazetteer import load_gazetteer
from extractor.runs.files import WORK, write_whole
from extractor.runs.options import Options
from extractor.runs.summary import summarise
from extractor.tables.schema import all_schemas
from extractor.tables.store import PROGRAM, RUN_FILE, TEXTS
from extractor.tables.writers import every_name, write_all

Row = dict[str, Any]


def publish(
    output: Path,
    tables: dict[str, list[Row]],
    shards: dict[str, Row],
    options: Options,
    registry: Sequence[RegistryEntry],
    formats: Sequence[str],
) -> None:
    """Derive, write beside, rename when complete; files of formats that are no longer wanted go."""
    texts = {digest[:16]: shard["text"] for digest, shard in shards.items() if shard["text"] is not None}
    knowledge = load(options.patterns)
    gazetteer = load_gazetteer(knowledge, options.divisions)
    derived = derive(
        tables,
        texts.__getitem__,
        knowledge.catalogue,
        gazetteer=gazetteer,
        registry=registry,
        reviews=load_reviews(output),
    )
    tables.clear()
    tables.update(derived)
    fresh = output / WORK / "new"
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / TEXTS).mkdir(parents=True)
    for report_id, text in sorted(texts.items()):
        write_whole(fresh / TEXTS / f"{report_id}.txt", text)
    schemas = all_schemas(knowledge.catalogue, tables)
    names = write_all(tables, schemas, fresh, formats=formats)
    old = output / WORK / "old"
    shutil.rmtree(old, ignore_errors=True)
    if (output / TEXTS).exists():
        (output / TEXTS).replace(old)
    (fresh / TEXTS).replace(output / TEXTS)
    for name in names:
        (fresh / name).replace(output / name)
    for name in every_name(schemas) - set(names):
        (output / name).unlink(missing_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)
    summary = summarise(tables)
    run_file = {
        "program": PROGRAM,
        "complete": True,
        "version": __version__,
        "patterns_version": knowledge.version,
        "area": options.area,
        "files": summary.files,
        "rows": summary.rows,
        "numerals": summary.numerals,
        "unexplained": summary.unexplained,
    }
    write_whole(output / RUN_FILE, json.dumps(run_file, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
