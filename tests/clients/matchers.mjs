// Run by tests/editors.rs: reads a report in the short format from standard input, and writes what the problem matcher of VS Code
// (argument 1) and the file_regex of Sublime Text (argument 2) take from each line, as those editors do.
// tests/vscode.rs has VS Code itself do it.

import { readFileSync } from "node:fs";

const [tasks, build] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
const lines = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");

// One task prints relative paths, the other the absolute one that it is given.
const [matcher, ...others] = tasks.tasks.map(({ problemMatcher: { fileLocation, ...rest } }) => rest);
if (others.some((other) => JSON.stringify(other) !== JSON.stringify(matcher))) {
  throw new Error("the problem matchers differ");
}
const { regexp, ...groups } = matcher.pattern;

function vscode(line) {
  const found = new RegExp(regexp).exec(line);
  return found && Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, found[group]]));
}

function sublime(line) {
  const found = new RegExp(build.file_regex).exec(line);
  return found && found.slice(1);
}

process.stdout.write(JSON.stringify(lines.map((line) => ({ vscode: vscode(line), sublime: sublime(line) }))));
