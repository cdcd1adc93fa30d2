// The first step of every npm script. It runs in whatever Node the user has, so it uses only what Node 18 knows:
// it installs the dependencies, which bring a Node of their own, and goes on in that one.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.switchboard-installed');

function fail(words) {
  console.error(`\n${words}\n`);
  process.exit(1);
}

/** What was installed: the lock file, for this platform. */
function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

function installDependencies() {
  const stamp = wantedStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return;
  }
  console.log('Installing the dependencies …');
  const npm = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const result = spawnSync(npm[0], [...npm[1], 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: npm[0].endsWith('.cmd'),
  });
  if (result.status !== 0) {
    fail('"npm ci" failed; its own words are above. Is the network there, and is npm 9 or newer installed?');
  }
  writeFileSync(stampFile, stamp);
}

/** The Node that the dependencies brought. */
function ownNode() {
  const bin = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(bin)) {
    fail(`There is no Node at ${bin}. Delete node_modules, and start again.`);
  }
  return bin;
}

if (Number(process.versions.node.split('.')[0]) < 18) {
  fail(`Node ${process.versions.node} is too old to begin with: install Node 20 or newer.`);
}
const [name, ...rest] = process.argv.slice(2);
installDependencies();
const node = ownNode();
const child = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', join(root, 'scripts', `${name}.ts`), ...rest],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter) },
  },
);
// Ctrl-C reaches the child by the terminal; a signal sent to this process is passed on. The child ends the rest.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGHUP', () => child.kill('SIGHUP'));
// A signal to npm ends npm and its shell, and does not come here; but then this process has another parent.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) {
    child.kill('SIGTERM');
  }
}, 500).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 0 : 1)));
