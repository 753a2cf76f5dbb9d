"""govreport patterns check|list"""

from pathlib import Path

import click

from extractor.cli.options import print_table, show, tell

_OVERLAY = click.option("--patterns", type=click.Path(path_type=Path), help="Folder laid over the shipped patterns.")


@click.group(epilog="Example: govreport patterns check --patterns mine/")
def command() -> None:
    """Check or list the pattern files."""


@command.command("check")
@_OVERLAY
def check_command(patterns: Path | None) -> int:
    """Run every example and counterexample, in half-width and full-width punctuation. Exit 4 on a fault."""
    from extractor.naming_examples import naming_faults
    from extractor.pipeline import build_context
    from extractor.rules.check import check

    context = build_context(patterns=patterns)
    knowledge = context.knowledge
    faults = [*check(knowledge), *naming_faults(context)]
    for fault in faults:
        tell(fault)
    count = sum(len(rules) for rules in knowledge.rules.values()) + len(knowledge.naming["chunk"])
    show(f"{count} rules checked, {len(faults)} faults, version {knowledge.version}")
    return 4 if faults else 0


@command.command("list")
@_OVERLAY
@click.argument("group", required=False)
def list_command(patterns: Path | None, group: str | None) -> int:
    """List rules: id, first example, reason."""
    from extractor.errors import UnknownRow
    from extractor.rules import load

    knowledge = load(patterns)
    if group is not None and group not in knowledge.rules:
        raise UnknownRow(f"no group {group}", remedy="known: " + ", ".join(knowledge.rules))
    rules = [rule for name, rules in knowledge.rules.items() if group in (None, name) for rule in rules]
    print_table(["id", "example", "why"], [[r.id, r.examples[0].match, r.why] for r in rules])
    return 0
