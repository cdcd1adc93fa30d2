// Measures another extension from inside the extension host, and writes what it found to a file, as JSON.
// SWITCHBOARD_PROBE says which extension, which file, and what is wanted: its times at start-up, or the memory.
const { rename, writeFile } = require('node:fs/promises');
const { setTimeout: delay } = require('node:timers/promises');
const v8 = require('node:v8');
const vm = require('node:vm');
const vscode = require('vscode');

const memoryAfterMs = 30_000;
const megabyte = 1_024 * 1_024;

exports.activate = () => {
  if (process.env.SWITCHBOARD_PROBE) {
    void report(JSON.parse(process.env.SWITCHBOARD_PROBE));
  }
};

async function report({ extension, file, wanted }) {
  const found = await measure(extension, wanted).catch((error) => ({ problem: String(error) }));
  // Renamed when it is whole, because its name is waited for.
  await writeFile(`${file}.part`, JSON.stringify(found));
  await rename(`${file}.part`, file);
}

async function measure(id, wanted) {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) {
    throw new Error(`${id} is not installed`);
  }
  // The same event activates both: a second later, to ask for its activation is only to wait for it.
  await delay(1_000);
  await extension.activate();
  return wanted === 'memory' ? memory() : startUp(id);
}

/** The editor's own table, from the document that "Developer: Startup Performance" opens and fills in time. */
function startUp(id) {
  return new Promise((resolve) => {
    const read = (document) => {
      const rows = document.getText().match(/^\| Extension .*\n(?:\|.*\n)+/m)?.[0];
      if (rows?.includes(`| ${id} `)) {
        resolve({ rows });
      }
    };
    vscode.workspace.onDidOpenTextDocument(read);
    vscode.workspace.onDidChangeTextDocument(({ document }) => read(document));
    void vscode.commands.executeCommand('perfview.show');
  });
}

/** The memory of the extension host half a minute after its start, with its garbage collected. */
async function memory() {
  await delay(memoryAfterMs - process.uptime() * 1_000);
  v8.setFlagsFromString('--expose-gc');
  vm.runInNewContext('gc')();
  return { memory: process.memoryUsage().rss / megabyte };
}
