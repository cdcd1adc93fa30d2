import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simulatorKey, startSimulator } from '../test/simulator/simulator.ts';
import { Workbench } from '../test/support/workbench.ts';
import { whenAskedToEnd } from './ending.ts';
import { ensurePackage } from './package.ts';
import { Recorder, smallPng } from './pictures/recorder.ts';
import { root } from './vscode/folders.ts';
import { endDescendants } from './vscode/processTree.ts';

const folder = join(root, 'docs', 'images');
const viewport = { width: 1180, height: 720 };
/** How wide the chat is in the pictures, in pixels. */
const chatWidth = 430;
const question = 'How does a discount change the total?';

/** Nothing around the editor that says nothing about Switchboard. */
const plainWindow = {
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
};

/** Takes the pictures of the README in a real VS Code with the packaged extension; the simulator answers. */
async function takePictures(): Promise<void> {
  const vsix = await ensurePackage();
  const simulator = await startSimulator({ pace: { tokensPerSecond: 60, firstTokenMs: 350 } });
  const workbench = await Workbench.open({
    vsix,
    viewport,
    settings: {
      ...plainWindow,
      'switchboard.baseUrl': simulator.baseUrl,
      'switchboard.model': 'anthropic/claude-sonnet-4.5',
    },
  });
  await mkdir(folder, { recursive: true });
  try {
    await prepare(workbench);
    const recorder = new Recorder(workbench.page);
    await ask(workbench, recorder);
    await review(workbench, recorder);
    await save('switchboard.png', recorder.animation());
    await chooseModel(workbench);
    await showUsage(workbench);
  } finally {
    await workbench.close();
    await simulator.close();
  }
}

/** A key, the chat as wide as in the pictures, and a file beside it. */
async function prepare(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.setApiKey(simulatorKey);
  await workbench.runCommand('Switchboard: Open Chat');
  await workbench.panel.getByRole('textbox', { name: 'Message' }).waitFor();
  const sash = page.locator('.monaco-sash.vertical').first();
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) {
    throw new Error('the side bar is not there');
  }
  await sash.waitFor({ state: 'attached' });
  await page.mouse.move(box.x + box.width, viewport.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + chatWidth, viewport.height / 2, { steps: 5 });
  await page.mouse.up();
  await workbench.openFile('cart.ts');
  await workbench.selectLines(15, 48);
  await workbench.dismissNotifications();
}

/** A question about the selected code, and its answer. */
async function ask(workbench: Workbench, recorder: Recorder): Promise<void> {
  const { page, panel } = workbench;
  await recorder.during(async () => {
    await recorder.rest();
    await workbench.runCommand('Switchboard: Ask About Selection');
    await workbench.input.pressSequentially(question, { delay: 25 });
    await recorder.rest();
    await page.keyboard.press('Enter');
    await panel.getByRole('group', { name: 'Answer details' }).waitFor();
    await recorder.rest();
  });
}

/** A fix of the selected code, reviewed change by change. */
async function review(workbench: Workbench, recorder: Recorder): Promise<void> {
  const { page } = workbench;
  const lens = (title: string) => page.locator('.codelens-decoration a', { hasText: title });
  await recorder.during(async () => {
    await workbench.runCommand('Switchboard: Fix Selection');
    await lens('1 of 2').waitFor();
    await page.locator('.review-widget').first().waitFor();
    await workbench.dismissNotifications();
    // The buttons of the first change are above the line that the editor has scrolled to.
    await page.mouse.move(viewport.width - 300, viewport.height / 2);
    await page.mouse.wheel(0, -150);
    await page.waitForFunction(isInView, '1 of 2');
    await recorder.rest();
  });
  await save('review.png', smallPng(await page.screenshot()));
  await recorder.during(async () => {
    await lens('Accept').first().click();
    await lens('1 of 1').waitFor();
    await recorder.rest();
  });
}

/** Whether a line of buttons above a change lies within the editor. */
function isInView(words: string): boolean {
  const lines = [...document.querySelectorAll('.codelens-decoration')];
  const line = lines.find(({ textContent }) => textContent.includes(words))?.getBoundingClientRect();
  const tabs = document.querySelector('.part.editor .title')?.getBoundingClientRect();
  return line !== undefined && tabs !== undefined && line.top >= tabs.bottom;
}

/** The list of models, searched. */
async function chooseModel(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Switchboard: Switch Model');
  await workbench.pickRows.filter({ hasText: 'Claude' }).first().waitFor();
  await workbench.input.fill('claude');
  await workbench.focusedRow('Claude').waitFor();
  await save('models.png', smallPng(await workbench.page.screenshot()));
  await workbench.page.keyboard.press('Escape');
}

/** What the requests so far have cost. */
async function showUsage(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Switchboard: Show Usage');
  const total = workbench.editorPanel.getByRole('status', { name: 'Total', exact: true });
  await total.filter({ hasText: /Today \$0\.\d{6}/ }).waitFor();
  await workbench.dismissNotifications();
  await save('usage.png', smallPng(await workbench.page.screenshot()));
}

async function save(name: string, content: Uint8Array): Promise<void> {
  await writeFile(join(folder, name), content);
  console.log(`${name}: ${String(Math.round(content.length / 1_024))} KB`);
}

const asked = new Promise<void>((resolve) => {
  whenAskedToEnd(resolve);
});
try {
  await Promise.race([takePictures(), asked]);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  endDescendants();
  process.exit();
}
