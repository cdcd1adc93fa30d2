import assert from 'node:assert/strict';
import { findViolations } from './axe.ts';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { states } from './states.ts';

/** How the parts of the panel are called in each language. */
const names = {
  de: {
    box: 'Nachricht',
    log: 'Unterhaltung',
    buttons: ['Neuer Chat', 'Kontext anfügen', 'Modell: Claude Sonnet 4.5', 'Senden'],
    signIn: 'Anmelden',
    keys: 'Ihre Schlüssel finden Sie unter openrouter.ai.',
    tokensIn: '1.482 Eingabetoken',
    code: 'Codeblock typescript',
  },
  ja: {
    box: 'メッセージ',
    log: '会話',
    buttons: ['新しいチャット', 'コンテキストを添付', 'モデル: Claude Sonnet 4.5', '送信'],
    signIn: 'サインイン',
    keys: 'キーの一覧は openrouter.ai で確認できます。',
    tokensIn: '入力 1,482 トークン',
    code: 'typescript のコード ブロック',
  },
} as const;

describe('The panel in another language', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  for (const [language, words] of Object.entries(names)) {
    const open = { language: language as keyof typeof names };

    it(`has its parts under their names: ${language}`, async () => {
      panel = await pages.panel({ ...open, view: states['no key'] });
      assert.equal(await panel.page.locator('html').getAttribute('lang'), language);
      await panel.page.getByRole('textbox', { name: words.box }).waitFor();
      await panel.page.getByRole('log', { name: words.log }).waitFor({ state: 'attached' });
      for (const name of words.buttons) {
        await panel.button(name).waitFor();
      }
      await panel.button(words.signIn).waitFor();
      await panel.page.getByText(words.keys).waitFor();
      await panel.show({ ...states.answer, conversationId: 'answer' });
      await panel.page.getByText(words.tokensIn).waitFor();
      await panel.page.getByRole('group', { name: words.code }).waitFor();
    });

    it(`never shows English first: ${language}`, async () => {
      panel = await pages.panel(open);
      // Nothing but the page has arrived: the host has not said anything yet.
      await panel.page.getByRole('textbox', { name: words.box }).waitFor();
      assert.equal(await panel.page.getByText('New chat').count(), 0);
    });

    it(`has no serious finding and cuts nothing off in any state: ${language}`, async () => {
      panel = await pages.panel({ ...open, width: 240 });
      const findings: string[] = [];
      for (const [name, view] of Object.entries(states)) {
        await panel.show({ ...view, conversationId: name });
        await panel.page.locator(`[data-conversation="${name}"]`).waitFor();
        findings.push(...(await findViolations(panel.page)).map((each) => `${name}: ${each}`));
        const cut = await panel.page
          .locator('[role="log"], .composer, .alert')
          .evaluateAll((boxes) => boxes.some((box) => box.scrollWidth > box.clientWidth));
        assert.equal(cut, false, name);
      }
      assert.deepEqual(findings, []);
    });
  }

  it('is in English without translations', async () => {
    panel = await pages.panel({ view: states.welcome });
    assert.equal(await panel.page.locator('html').getAttribute('lang'), 'en');
    await panel.composer.waitFor();
  });
});
