"""Run by tests/readers.rs with the Python of target/clients: reads a report in the JUnit format from standard input.

Argument 1 is the schema that it is to follow. Writes JSON: what is wrong with the report (`errors`), what junitparser counts
(`counts`: tests, failures, errors), and what it takes from each test case (`read`: suite, class, name, kind, type, message, text).
"""

import json
import sys

from junitparser import Error, Failure, JUnitXml
from lxml import etree

report = sys.stdin.buffer.read()
schema = etree.XMLSchema(etree.parse(sys.argv[1]))
schema.validate(etree.fromstring(report))
suites = JUnitXml.fromstring(report)
# What was not read is skipped, and no finding.
kinds = {Error: "error", Failure: "failure"}
read = [
    [suite.name, case.classname, case.name, kinds[type(result)], result.type, result.message, result.text]
    for suite in suites
    for case in suite
    for result in case.result
    if type(result) in kinds
]
counts = [sum(getattr(suite, key) for suite in suites) for key in ("tests", "failures", "errors")]
cases = sum(1 for suite in suites for _ in suite)
errors = [str(error) for error in schema.error_log]
if cases != counts[0]:
    errors.append(f"{cases} test cases, not {counts[0]}")
json.dump({"errors": errors, "counts": counts, "read": read}, sys.stdout)
