#!/usr/bin/env node
// Stands in for the VS Code program in `runTests` of @vscode/test-electron: it takes the same arguments, and runs the
// tests in the extension host of code-server, with a Chromium as its window.
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium } from './chromium.ts';
import { startCodeServer, type CodeServer } from './codeServer.ts';
import { ensureCodeServer } from './codeServerInstall.ts';

interface TestRun {
  readonly folder: string;
  readonly extension: string;
  readonly tests: string;
}

function readArguments(): TestRun {
  const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
  const folder = positionals[0];
  if (typeof extension !== 'string' || typeof tests !== 'string' || folder === undefined) {
    throw new Error('a folder, --extensionDevelopmentPath and --extensionTestsPath are needed');
  }
  return { folder, extension, tests };
}

/** The address that tells the workbench which extension to develop and which tests to run. */
function testUrl({ folder, extension, tests }: TestRun, { url, port }: CodeServer): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${String(port)}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
  ];
  return `${url}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** Takes what the extension host reports, and notices when the window is lost. */
async function follow(page: Page): Promise<{ readonly exit: Promise<number> }> {
  let report: (code: number) => void = () => undefined;
  const exit = new Promise<number>((resolve, reject) => {
    report = resolve;
    const lose = (): void => {
      reject(new Error('the window of the tests is gone'));
    };
    page.once('crash', lose);
    page.once('close', lose);
  });
  // Closing the window in the end, when nobody waits any more, is no failure.
  exit.catch(() => undefined);
  // The workbench wants both; what the tests say reaches the runner by itself, without the workbench's own words.
  await page.exposeFunction('codeAutomationLog', () => undefined);
  await page.exposeFunction('codeAutomationExit', (code: number) => {
    report(code);
  });
  // In an object, because to wait for this function is not to wait for the exit.
  return { exit };
}

async function main(): Promise<number> {
  const run = readArguments();
  const [install, executablePath] = [await ensureCodeServer(), await ensureChromium()];
  const dataFolder = await mkdtemp(join(dirname(run.folder), 'host-'));
  const server = await startCodeServer({
    install,
    dataFolder,
    // Without it a built product ignores the payload.
    extraArgs: ['--vscode-option', 'enable-smoke-test-driver'],
    // In a browser VS Code saves after a second by itself, and tests look at what isn't saved.
    settings: { 'files.autoSave': 'off' },
  });
  const browser = await chromium.launch({
    executablePath,
    args: [...chromiumArgs],
    env: { ...process.env, HOME: join(dataFolder, 'home') },
  });
  try {
    const page = await browser.newPage();
    const { exit } = await follow(page);
    await page.goto(testUrl(run, server));
    return await exit;
  } finally {
    await browser.close();
    await server.close();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}

process.exitCode = await main();
