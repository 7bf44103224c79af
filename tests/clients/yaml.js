// Asks yaml-language-server about one file, as an editor does: node yaml.js SERVER FILE, with lines on standard input such as
//   complete 4 2
//   hover 4 6
// whose line and column count from 0. Prints JSON: {diagnostics: [...], answers: [...]}.
"use strict";
const { spawn } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { pathToFileURL } = require("node:url");

const [server, file] = process.argv.slice(2);
const questions = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => line.split(" "));
const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const uri = pathToFileURL(file).href;
const waiting = new Map();
let published = () => {};
const diagnostics = new Promise((resolve) => (published = resolve));
let next = 1;

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  child.stdin.write(body);
}

function ask(method, params) {
  const id = next++;
  send({ id, method, params });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

function receive(message) {
  if (message.method && message.id !== undefined) {
    // The server asks for settings; it has nothing to look up elsewhere.
    const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
    const result = message.method === "workspace/configuration" ? message.params.items.map((i) => (i.section === "yaml" ? settings : {})) : null;
    send({ id: message.id, result });
  } else if (message.method === "textDocument/publishDiagnostics") {
    published(message.params.diagnostics);
  } else if (waiting.has(message.id)) {
    const { resolve, reject } = waiting.get(message.id);
    message.error ? reject(new Error(message.error.message)) : resolve(message.result);
  }
}

let buffer = Buffer.alloc(0);
child.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const head = buffer.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())[1]);
    if (buffer.length < head + 4 + length) return;
    const body = buffer.subarray(head + 4, head + 4 + length).toString();
    buffer = buffer.subarray(head + 4 + length);
    receive(JSON.parse(body));
  }
});

async function main() {
  const capabilities = {
    workspace: { configuration: true },
    textDocument: { hover: { contentFormat: ["plaintext"] }, completion: { completionItem: { documentationFormat: ["plaintext"] } } },
  };
  await ask("initialize", { processId: process.pid, rootUri: null, capabilities });
  send({ method: "initialized", params: {} });
  const text = readFileSync(file, "utf8");
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  const found = await diagnostics;
  const answers = [];
  for (const [what, line, character] of questions) {
    const params = { textDocument: { uri }, position: { line: Number(line), character: Number(character) } };
    if (what === "hover") {
      const hover = await ask("textDocument/hover", params);
      answers.push(hover ? hover.contents.value : "");
    } else {
      const list = await ask("textDocument/completion", params);
      answers.push(list.items.map((item) => item.label));
    }
  }
  const shown = found.map((one) => `${one.range.start.line}:${one.range.start.character} ${one.message}`);
  process.stdout.write(JSON.stringify({ diagnostics: shown, answers }));
}

setTimeout(() => {
  process.stderr.write("yaml-language-server does not answer\n");
  child.kill();
  process.exit(1);
}, 120000);

main().then(() => process.exit(child.kill() ? 0 : 1), (error) => {
  process.stderr.write(`${error.stack}\n`);
  child.kill();
  process.exit(1);
});
