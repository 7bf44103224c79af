// Run by tests/readers.rs: node readers.mjs CLIENTS FORMAT reads a report from standard input with a program of others, of those
// that .ci/clients has put into CLIENTS. Writes JSON: what is wrong with the report (errors), and what was read (read): for each
// finding path, line, column where the format has one, severity, message.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [clients, format] = process.argv.slice(2);
const require = createRequire(join(clients, "readers.js"));
const report = readFileSync(0, "utf8");

// What reads the XML of Checkstyle for Danger, which comments on pull requests. It speaks up on the console.
async function checkstyle() {
  const errors = [];
  console.warn = console.log = (line) => errors.push(line);
  const read = [];
  const { scanXmlReport } = require("danger-plugin-lint-report");
  await scanXmlReport(undefined, report, process.cwd(), false, ({ file, line, column, severity, message }) =>
    read.push([file, line, column, severity, message]),
  );
  return { errors, read };
}

// The types of a report of Code Climate, of which a Code Quality report of GitLab is one, checked by the compiler of TypeScript:
// a key that is not known is as wrong as one that is missing.
function gitlab() {
  const ts = require("typescript");
  const file = join(clients, "report.ts");
  const source = `import type { Issue } from "codeclimate-types";\nexport const report: Issue[] = ${report};\n`;
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], lib: ["lib.es5.d.ts"], module: ts.ModuleKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ESNext) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  const errors = ts.getPreEmitDiagnostics(program).map((found) => ts.flattenDiagnosticMessageText(found.messageText, "\n"));
  const read = JSON.parse(report).map((issue) => {
    const { path, lines } = issue.location;
    return [path, lines.begin, null, issue.severity, issue.description];
  });
  return { errors, read };
}

// A validator of the format of reviewdog.
async function rdjson() {
  const { RDFormatValidator } = require("@umbrelladocs/rdformat-validator");
  const validator = new RDFormatValidator({ strictMode: true, allowExtraFields: false });
  const { errors, warnings } = await validator.validateString(report);
  // An empty report is one.
  const unusual = warnings.filter(({ code }) => code !== "EMPTY_ARRAY");
  const read = JSON.parse(report).diagnostics.map(({ message, location, severity }) => {
    const { line, column } = location.range.start;
    return [location.path, line, column, severity, message];
  });
  return { errors: [...errors, ...unusual], read };
}

const readers = { checkstyle, gitlab, rdjson };
process.stdout.write(JSON.stringify(await readers[format]()));
