"""Forms of what `hanpan check` reports, for programs: JSON, GitHub's annotations, SARIF, JUnit."""

from __future__ import annotations

from dataclasses import asdict

from hanpan.console import print_json, print_lines
from hanpan.reports.outcome import Outcome

TEXT = "text"
JSON = "json"
FORMATS = (TEXT, JSON, "github", "sarif", "junit")


def print_outcome(form: str, outcome: Outcome, lang: str, *, strict: bool, summary: bool) -> None:
    """Print an outcome in one of the forms for programs; a `summary` is the table alone.

    JSON is English in any language: it is compared.
    """
    if form == "github":
        from hanpan.reports.causes import causes_of
        from hanpan.reports.formats.github import print_annotations

        print_annotations(causes_of(outcome.counted), lang)
    elif form == "sarif":
        from hanpan.reports.formats.sarif import sarif_log

        print_json(sarif_log(outcome, lang))
    elif form == "junit":
        from hanpan.reports.formats.junit import junit_xml

        print_lines(junit_xml(outcome, lang, strict=strict))
    elif summary:
        from hanpan.reports.tally import tally

        print_json([asdict(row) for row in tally(outcome.counted)])
    else:
        print_json([one.as_json() for one in outcome.problems])
