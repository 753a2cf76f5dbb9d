"""spaCy beside the plain path: `nlp.add_pipe("govreport")`, or one component per stage."""
