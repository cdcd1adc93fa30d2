import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { eventStream, startPlainServer, type PlainServer } from '../contract/plainServer.ts';
import { simulatorKey } from '../simulator/simulator.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('requests', () => {
  const story = workbenchOfSuite({
    signedIn: true,
    settings: {
      'switchboard.model': 'anthropic/claude-sonnet-4.6',
      'switchboard.routing': { data_collection: 'deny' },
      'switchboard.temperature': 0.25,
      'editor.wordWrap': 'on',
    },
  });
  const { posts, row, titled: title } = story;

  describe('that will be sent', () => {
    const secret = `sk-or-v1-${'ab12'.repeat(16)}`;
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
      await story.workbench.panel
        .getByRole('note')
        .filter({ hasText: 'no request to preview yet' })
        .waitFor();
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

  describe('with routing without JSON', () => {
    before(async () => {
      await story.workbench.setUserSettings({
        'switchboard.routing': undefined,
        'switchboard.temperature': undefined,
      });
      await story.newChat();
    });

    /** Opens the menu, and waits for the endpoints: rows that arrive may move the focus. */
    const openMenu = async (): Promise<void> => {
      await story.workbench.runCommand('Switchboard: Configure Routing');
      await row('to first token').waitFor();
    };
    /** Chooses a row of the menu. */
    const choose = (label: string): Promise<void> => story.workbench.pick(/^Configure Routing$/, label);
    const chooseIn = (title: string, label: string): Promise<void> =>
      story.workbench.pick(new RegExp(`^Configure Routing: ${title}$`), label);
    /** What the next question carries. */
    const provider = async (): Promise<unknown> => {
      const before = story.simulator.journal.requests.length;
      await story.workbench.sendMessage('Hello');
      await story.simulator.journal.waitFor(({ method, number }) => method === 'POST' && number > before);
      await story.workbench.panel.getByRole('group', { name: 'Answer details' }).last().waitFor();
      const body = story.simulator.journal.last('/chat/completions')?.body;
      assert.ok(typeof body === 'object' && body !== null);
      return 'provider' in body ? body.provider : undefined;
    };
    const saved = async (words: string): Promise<void> => {
      await story.workbench.notifications
        .filter({ hasText: 'Routing saved' })
        .filter({ hasText: words })
        .waitFor();
      await story.workbench.dismissNotifications();
    };

    it('lists the endpoints of the model with what they cost and how they fare', async () => {
      await story.workbench.runCommand('Switchboard: Configure Routing');
      await story.workbench.input.fill('tokens/s');
      await row('Anthropic', 'to first token', 'tokens/s', '% uptime', 'context').waitFor();
      await row('retains no data').waitFor();
      await story.workbench.screenshot('routing-1-endpoints');
    });

    it('sets order, exclusion, sort, prices and privacy for all requests, and shows the object', async () => {
      await story.workbench.input.fill('');
      await story.workbench.screenshot('routing-2-menu');
      await choose('Try first');
      await chooseIn('Try first', 'Google');
      await row('1.', 'Google').waitFor();
      await chooseIn('Try first', 'Amazon');
      await row('2.', 'Amazon').waitFor();
      await story.workbench.screenshot('routing-3-order');
      await chooseIn('Try first', 'Done');
      await choose('Never');
      await chooseIn('Never', 'Another provider');
      await story.workbench.answerInput('Another Provider', 'somebody');
      await row('somebody').waitFor();
      await chooseIn('Never', 'Done');
      await choose('Sort by');
      await chooseIn('Sort By', 'throughput');
      await choose('Maximum price');
      await story.workbench.answerInput('Maximum Input Price', 'cheap');
      await story.workbench.inputMessage.filter({ hasText: 'Enter a price' }).waitFor();
      await story.workbench.answerInput('Maximum Input Price', '9');
      await story.workbench.answerInput('Maximum Output Price', '90.5');
      await choose('Zero data retention');
      await row('Zero data retention', 'on:').waitFor();
      await choose('Data collection');
      await story.workbench.input.fill('provider');
      await row('"zdr":true').waitFor();
      await story.workbench.screenshot('routing-4-object');
      await choose('Save');
      await saved('"max_price":{"prompt":9,"completion":90.5}');
      const sent = await provider();
      assert.ok(typeof sent === 'object' && sent !== null && 'order' in sent && Array.isArray(sent.order));
      assert.match(sent.order.join(), /^google.*,amazon/);
      assert.deepEqual(
        { ...sent, order: [] },
        {
          order: [],
          ignore: ['somebody'],
          sort: 'throughput',
          max_price: { prompt: 9, completion: 90.5 },
          zdr: true,
          data_collection: 'deny',
        },
      );
    });

    it('sets another sort for one model, over what holds for all', async () => {
      await openMenu();
      await choose('Applies to');
      await row('Applies to', 'only').waitFor();
      await choose('Sort by');
      await chooseIn('Sort By', 'latency');
      await choose('Save');
      await saved('"sort":"latency"');
      const sent = await provider();
      assert.partialDeepStrictEqual(sent, { sort: 'latency', zdr: true, ignore: ['somebody'] });
      assert.match(
        await story.workbench.userSetting('switchboard.modelRouting'),
        /"anthropic\/claude-sonnet-4\.6":\{"sort":"latency"\}/,
      );
    });

    it('asks before changes are lost, and takes fields out again', async () => {
      await openMenu();
      await choose('Sort by');
      await chooseIn('Sort By', 'Balanced by OpenRouter');
      await title(/^Configure Routing$/);
      await story.workbench.page.keyboard.press('Escape');
      const dialog = story.workbench.page.locator('.monaco-dialog-box', { hasText: "changes weren't saved" });
      await dialog.waitFor();
      await story.workbench.screenshot('routing-5-unsaved');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await saved('"sort":"throughput"');
      assert.partialDeepStrictEqual(await provider(), { sort: 'throughput' });
    });

    it('says so when the endpoints cannot be read, and everything else still works', async () => {
      story.simulator.use('offline');
      await story.workbench.runCommand('Switchboard: Configure Routing');
      await row("The endpoints couldn't be loaded").waitFor();
      await choose('Zero data retention');
      await row('Zero data retention', 'off').waitFor();
      await choose('Discard');
      await story.workbench.page.keyboard.press('Escape');
      await story.workbench.input.waitFor({ state: 'hidden' });
      story.simulator.use('default');
      assert.partialDeepStrictEqual(await provider(), { zdr: true });
    });
  });

  describe('to a server that is not OpenRouter', () => {
    let plain: PlainServer;

    before(async () => {
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
      await story.workbench.runCommand('Switchboard: Sign Out');
      await story
        .dialog('Stop using the API key from the environment?')
        .getByRole('button', { name: 'Sign Out' })
        .click();
      await story.workbench.statusItem('credit').filter({ hasText: 'Set API key' }).waitFor();
      await story.workbench.dismissNotifications();
      await story.workbench.setUserSettings({
        'switchboard.baseUrl': plain.baseUrl,
        'switchboard.model': 'local-model',
        'switchboard.webSearch': true,
        'switchboard.fallbackModels': ['another'],
        'switchboard.routing': undefined,
        'switchboard.modelRouting': undefined,
      });
      await story.newChat();
    });

    after(() => plain.close());

    it("is called without a key and with OpenAI's fields only, and the omitted settings are listed", async () => {
      await story.workbench.sendMessage('Who are you?');
      await story.workbench.panel.getByText('Hello from here.').first().waitFor();
      await story.workbench.panel
        .getByRole('note')
        .filter({ hasText: "this server isn't OpenRouter" })
        .waitFor();
      await story.workbench.screenshot('other-server');
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
      const credit = story.workbench.statusItem('credit').filter({ hasText: '–' });
      await credit.getByRole('button', { name: /there is no credit to show/ }).waitFor();
      await story.workbench.hoverOver('credit', "This server isn't OpenRouter");
      await story.workbench.screenshot('credit-none');
      await story.workbench.runCommand('Switchboard: Switch Model');
      await story.workbench.pickRows.filter({ hasText: 'local-model' }).first().waitFor();
      await story.workbench.page.keyboard.press('Escape');
    });
  });
});
