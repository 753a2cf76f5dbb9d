"""Reasons of rules that are code, not patterns: what `explain` prints for them."""

REASONS = {
    "section.preamble": "The text before the first heading.",
    "indicator.name_before": "The name stands before its number: 编发公报24期.",
    "indicator.name_after": "The name stands behind number and unit: 53个部门.",
    "indicator.name_around": "A verb before the number and the noun behind the unit make the name: 聘用3名律师.",
    "indicator.elided": "The number shares the name of the one before it: 农牧户1072户3895人.",
    "indicator.before": "Verb and object before the number: 开展讲座12期.",
    "indicator.around": "The verb before the number, what is counted behind its measure word: 聘用3名律师.",
    "indicator.name": "A noun phrase without a verb before the number: 按时办结率100%.",
    "indicator.behind": "What is counted behind the measure word, with what is said of it: 53个部门接入.",
    "indicator.unnamed": "No reading of the clause is clear enough to name the number.",
    "indicator.table": "A number in a table, named by its row and column headings.",
    "indicator.range": "Two numbers with a range mark between them are one value with two ends.",
    "citation.title": "A title in 《》 without a number beside it.",
    "citation.bare_law": "A law named without 《》, known from the shipped list of laws (--bare-laws).",
    "commitment.plan_section": "Every sentence in the body of a plan section is a promise.",
    "problem.section": "A sentence of a section on problems.",
}
