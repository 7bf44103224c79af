// Loaded by VS Code in tests/vscode.rs: runs the tasks as a user does, then the language server in the client library of VS Code on
// the draft $DRAFT, and writes to $RESULT as JSON what is shown: for each diagnostic [path, line, column, end line, end column (from
// 0, in UTF-16 units), severity, code, first line of the message].
"use strict";
const { renameSync, writeFileSync } = require("node:fs");
const vscode = require("vscode");
const { LanguageClient } = require(`${process.env.CLIENTS}/node_modules/vscode-languageclient/node`);

// Waits until there is something, which is returned.
async function until(what, look) {
  for (let patience = 600; patience > 0; patience--) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited for ${what} in vain`);
}

function shown() {
  const all = vscode.languages.getDiagnostics().flatMap(([uri, found]) =>
    found.map(({ range: { start, end }, severity, code, message }) => {
      const place = [start.line, start.character, end.line, end.character];
      return [vscode.workspace.asRelativePath(uri), ...place, severity, code?.value ?? code, message.split("\n")[0]];
    }),
  );
  return all.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2]));
}

// What the problem matcher of a task finds.
async function matched(label, count) {
  const ended = new Promise((resolve) => {
    const listening = vscode.tasks.onDidEndTask(() => {
      listening.dispose();
      resolve();
    });
  });
  const tasks = await until("tasks", async () => {
    const tasks = await vscode.tasks.fetchTasks();
    return tasks.length > 0 && tasks;
  });
  await vscode.tasks.executeTask(tasks.find((task) => task.name === label));
  await ended;
  return until(`${count} problems`, () => shown().length === count && shown());
}

async function served(document) {
  const { uri } = document;
  const server = { command: process.env.COMITY, args: ["lsp"] };
  const client = new LanguageClient("comity", "comity", server, { documentSelector: [{ language: "markdown" }] });
  await client.start();
  // What a matcher finds has a beginning and no end.
  const path = vscode.workspace.asRelativePath(uri);
  const own = () => shown().filter(([file, line, column, ...end]) => file === path && (line !== end[0] || column !== end[1]));
  const before = await until("two diagnostics", () => own().length === 2 && own());
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  const ask = () => vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, everything, "quickfix");
  // VS Code takes the question back when something else in it starts at that moment.
  const actions = await until("quick fixes", () => ask().then((found) => found?.length > 0 && found, () => undefined));
  const fix = actions.find(({ title }) => title.startsWith("Say "));
  const [{ range }] = fix.edit.get(uri);
  await vscode.workspace.applyEdit(fix.edit);
  const line = document.lineAt(range.start.line).text;
  const after = await until("one diagnostic", () => own().length === 1 && own());
  await client.stop();
  return { before, fixed: [fix.title, line], after };
}

async function run() {
  const all = await matched("comity: check all drafts", Number(process.env.PROBLEMS));
  const draft = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, process.env.DRAFT);
  const document = await vscode.workspace.openTextDocument(draft);
  await vscode.window.showTextDocument(document);
  const one = await matched("comity: check this draft", 2);
  return { all, one, ...(await served(document)) };
}

exports.activate = () => {
  run()
    .catch((error) => ({ error: `${error?.stack ?? error}`, shown: shown() }))
    .then((result) => {
      // Whole or not at all: somebody waits for it.
      writeFileSync(`${process.env.RESULT}.part`, JSON.stringify(result));
      renameSync(`${process.env.RESULT}.part`, process.env.RESULT);
    });
};
