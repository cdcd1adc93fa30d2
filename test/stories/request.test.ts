import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { eventStream, startPlainServer, type PlainServer } from '../contract/plainServer.ts';
import { simulatorKey } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('what will be sent', () => {
  const secret = `sk-or-v1-${'ab12'.repeat(16)}`;
  const story = workbenchOfSuite({
    signedIn: true,
    settings: {
      'switchboard.model': 'anthropic/claude-sonnet-4.6',
      'switchboard.routing': { data_collection: 'deny' },
      'switchboard.temperature': 0.25,
      'editor.wordWrap': 'on',
    },
  });
  const { posts } = story;

  const copied = (): Promise<string> => story.workbench.page.evaluate(() => navigator.clipboard.readText());
  /** The text of the active editor, by way of the clipboard: an editor draws only what is in view. */
  const editorText = async (): Promise<string> => {
    await story.workbench.page.locator('.tab.active', { hasText: 'What Will Be Sent' }).waitFor();
    await story.workbench.page.locator('.editor-instance .view-line').first().click();
    await story.workbench.page.keyboard.press('Control+A');
    await story.workbench.page.keyboard.press('Control+C');
    return copied();
  };

  it('is said to be nothing yet, where nothing was ever asked', async () => {
    await story.workbench.openChat();
    // Until the panel has the focus, it takes it from the palette.
    await story.workbench.panel.locator('textarea:focus').waitFor();
    await story.workbench.runCommand('Switchboard: Preview What Will Be Sent');
    await story.workbench.panel.getByRole('note').filter({ hasText: 'no request to preview yet' }).waitFor();
  });

  it('is shown to the letter before it leaves, without the key and without secrets', async () => {
    await story.workbench.openFile('cart.ts');
    await story.workbench.selectLines(1, 4);
    await story.workbench.panel.getByRole('button', { name: 'Attach context' }).click();
    await story.workbench.pickRows.filter({ hasText: 'Selection' }).click();
    await story.workbench.panel.getByRole('list', { name: 'Attached context' }).waitFor();
    await story.workbench.panel
      .getByRole('textbox', { name: 'Message' })
      .fill(`Is "${secret}" a good key, isn't it?`);
    await story.workbench.runCommand('Switchboard: Preview What Will Be Sent');
    const text = await editorText();
    await story.workbench.screenshot('preview-request');
    assert.deepEqual(posts(), []);
    assert.ok(!text.includes(secret) && !text.includes(simulatorKey));
    assert.ok(text.includes('[redacted'));
    const preview = JSON.parse(text) as { url: string; headers: Record<string, string>; body: unknown };
    assert.equal(preview.url, `${story.simulator.baseUrl}/chat/completions`);
    assert.equal(preview.headers['Authorization'], 'Bearer $OPENROUTER_API_KEY');
    await story.workbench.runCommand('Switchboard: Copy as cURL');
    await story.workbench.notifications.filter({ hasText: 'Copied as a cURL command' }).waitFor();
    const command = await copied();
    await story.workbench.panel.getByRole('textbox', { name: 'Message' }).press('Enter');
    await story.workbench.panel.getByRole('group', { name: 'Answer details' }).last().waitFor();
    assert.deepEqual(posts().at(-1)?.body, preview.body);
    // The command does the same from a shell.
    assert.ok(!command.includes(simulatorKey) && !command.includes(secret));
    await promisify(execFile)('sh', ['-c', command], {
      env: { ...process.env, OPENROUTER_API_KEY: simulatorKey },
      timeout: 20_000,
    });
    const [sent, again] = posts();
    assert.deepEqual(again?.body, sent?.body);
    assert.equal(again?.status, 200);
  });
});

describe('a server that is not OpenRouter', () => {
  let plain: PlainServer;
  let workbench: Workbench;

  before(async () => {
    const vsix = await ensurePackage();
    plain = await startPlainServer();
    plain.willAnswer((response, request) => {
      if (request.url === '/v1/chat/completions') {
        eventStream(
          'data: {"choices":[{"delta":{"content":"Hello from here."}}]}\n\n',
          'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
        )(response, request);
      } else if (request.url === '/v1/models') {
        response
          .writeHead(200, { 'Content-Type': 'application/json' })
          .end('{"object":"list","data":[{"id":"local-model","object":"model"}]}');
      } else {
        response.writeHead(404).end('{"error":"not found"}');
      }
    });
    workbench = await Workbench.open({
      vsix,
      settings: {
        'switchboard.baseUrl': plain.baseUrl,
        'switchboard.model': 'local-model',
        'switchboard.webSearch': true,
        'switchboard.fallbackModels': ['another'],
      },
    });
  });

  after(async () => {
    await workbench.close();
    await plain.close();
  });

  it("is called without a key and with OpenAI's fields only, and the omitted settings are listed", async () => {
    await workbench.openChat();
    await workbench.sendMessage('Who are you?');
    await workbench.panel.getByText('Hello from here.').first().waitFor();
    await workbench.panel.getByRole('note').filter({ hasText: "this server isn't OpenRouter" }).waitFor();
    await workbench.screenshot('other-server');
    const body: unknown = JSON.parse(plain.bodies.findLast((each) => each !== '') ?? '');
    assert.ok(typeof body === 'object' && body !== null);
    assert.deepEqual(Object.keys(body).sort(), [
      'max_tokens',
      'messages',
      'model',
      'stream',
      'stream_options',
    ]);
  });

  it('shows no credit, and lists its models', async () => {
    const credit = workbench.statusItem('credit').filter({ hasText: '–' });
    await credit.getByRole('button', { name: /there is no credit to show/ }).waitFor();
    await workbench.hoverOver('credit', "This server isn't OpenRouter");
    await workbench.screenshot('credit-none');
    await workbench.runCommand('Switchboard: Switch Model');
    await workbench.pickRows.filter({ hasText: 'local-model' }).first().waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});
