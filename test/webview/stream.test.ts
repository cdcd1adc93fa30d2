import assert from 'node:assert/strict';
import { pagesOfSuite, type Opened } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { longFence, longLine, longList, longParagraph, sampleAnswer } from './sampleAnswer.ts';
import { aQuestion, anAnswer, aView } from './views.ts';

const growing = aView([aQuestion('Go'), anAnswer('', { state: 'waiting' })], { busy: true });

describe('A streaming answer', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  beforeEach(async () => {
    panel = await pages.panel({ view: growing });
  });

  it('grows by deltas', async () => {
    const text = panel.article(/^Assistant/).locator('.markdown');
    await panel.append('Hello **wor');
    await text.getByText('Hello **wor').waitFor();
    await panel.append('ld**');
    await text.locator('strong', { hasText: 'world' }).waitFor();
  });

  it('requests one snapshot when a delta is missing, and continues from it', async () => {
    const delta = { revision: 9, changes: [] };
    await panel.send({ type: 'delta', delta });
    await panel.waitForPost('ready');
    await panel.send({ type: 'delta', delta: { ...delta, revision: 10 } });
    assert.ok((await panel.allPosted()).every(({ type }) => type !== 'ready'));
    await panel.show({
      ...aView([aQuestion('Go'), anAnswer('All of', { state: 'streaming' })]),
      revision: 10,
    });
    await panel.append(' it');
    await panel
      .article(/^Assistant/)
      .getByText('All of it')
      .waitFor();
  });

  it('is whole again when the panel was hidden in the middle of it', async () => {
    await panel.append('First half');
    await panel
      .article(/^Assistant/)
      .getByText('First half')
      .waitFor();
    await panel.hideAndShow();
    await panel.show({
      ...aView([aQuestion('Go'), anAnswer('First half, second', { state: 'streaming' })]),
      revision: 40,
    });
    await panel.append(' half.');
    await panel
      .article(/^Assistant/)
      .getByText('First half, second half.')
      .waitFor();
  });

  it('is replaced when the host says so', async () => {
    await panel.append('Some text\n\nand more');
    await panel
      .article(/^Assistant/)
      .getByText('and more')
      .waitFor();
    await panel.change({ type: 'message', message: anAnswer('Another text') });
    await panel
      .article(/^Assistant/)
      .getByText('Another text')
      .waitFor();
    assert.equal(await panel.page.getByText('and more').count(), 0);
  });

  const answers = {
    'of 5,000 tokens': sampleAnswer(),
    'of 25,000 tokens': sampleAnswer(100_000),
    'that is one list': longList(),
    'that is one code block of 3,000 lines': longFence(),
    'that is one paragraph': longParagraph(),
  };
  for (const [name, text] of Object.entries(answers)) {
    it(`${name} comes out like one that is drawn at once, however it comes`, async () => {
      const whole = await drawnAtOnce(pages, text);
      for (const pieceLength of [7, text.length]) {
        await streamInto(panel, text, pieceLength);
        assert.equal(await drawing(panel), whole);
      }
    });
  }

  it('that is one line of a megabyte comes out like one that is drawn at once', async () => {
    const text = longLine();
    await streamInto(panel, text, 4_096);
    assert.equal(await drawing(panel), await drawnAtOnce(pages, text));
  });

  it('draws settled blocks once', async () => {
    await panel.append('First paragraph.\n\nSecond paragraph.\n\n');
    const first = panel.article(/^Assistant/).getByText('First paragraph.');
    await first.waitFor();
    const changes = await panel.page.evaluateHandle(() => {
      const seen: string[] = [];
      const markdown = document.querySelector('.markdown');
      const paragraph = markdown?.querySelector('p');
      new MutationObserver((records) => seen.push(...records.map(({ type }) => type))).observe(
        paragraph ?? document,
        {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        },
      );
      return seen;
    });
    await panel.append('Third paragraph.\n\n- a list\n- goes on\n\n```ts\nconst x = 1;\n');
    await panel.page.getByText('const x = 1;').waitFor();
    assert.deepEqual(await changes.jsonValue(), []);
  });

  it('is laid out where one looks, and found, copied and selected as a whole', async () => {
    const between = Array.from({ length: 600 }, (_, at) => `Paragraph ${at}.`).join('\n\n');
    await panel.append(`The very first.\n\n${between}\n\nThe very last.`);
    await panel.page.getByText('The very last.').waitFor();
    await untilLaidOut(panel, 'The very first.', false);
    await untilLaidOut(panel, 'The very last.', true);
    const copied = await panel.page.evaluate(() => {
      getSelection()?.selectAllChildren(document.querySelector('.markdown') ?? document);
      return getSelection()?.toString().trim();
    });
    assert.match(copied ?? '', /^The very first\.[^]+The very last\.$/);
    await panel.page.evaluate('getSelection().removeAllRanges()');
    assert.equal(await panel.page.evaluate('find("The very first.")'), true);
    // The editor goes to what it has found; it stays there, although the text changes its height around it.
    await panel.page.evaluate('getSelection().anchorNode.parentElement.scrollIntoView()');
    await panel.button('Scroll to bottom').waitFor();
    const box = await panel.transcript.boundingBox();
    const top = await topOf(panel, 'The very first.');
    assert.ok(box && Math.abs(top - box.y) < 2, `it is at ${top}`);
    await untilLaidOut(panel, 'The very first.', true);
  });

  it('is read on while the page gives no frames, and all there when it does again', async () => {
    await panel.page.evaluate(() => {
      window.requestAnimationFrame = () => 0;
    });
    const text = sampleAnswer(40_000);
    await panel.append(text);
    await panel.change({ type: 'message', message: anAnswer(text) });
    await panel.page.waitForFunction(
      (end) => document.querySelector('.markdown')?.textContent.replace(/\s/g, '').endsWith(end),
      (await lastWords(pages, text)).replace(/\s/g, ''),
      { polling: 100 },
    );
  });

  it('opens a chat of 2,000 messages at its end, before all of it is drawn, and stays there', async () => {
    const messages = Array.from({ length: 1_000 }, (_, at) => [
      aQuestion(`Question ${at}`, { id: `q${at}` }),
      anAnswer(sampleAnswer(1_200), { id: `a${at}` }),
    ]).flat();
    const long = await pages.panel();
    await long.show(aView(messages));
    await long.page.getByText('Question 999').waitFor();
    assert.ok((await long.page.getByRole('article').count()) < 2_000);
    await long.page.waitForFunction(() => document.querySelectorAll('article').length === 2_000);
    assert.equal(await long.button('Scroll to bottom').count(), 0);
  });
});

function topOf(panel: Panel, words: string): Promise<number> {
  return panel.page
    .getByText(words, { exact: true })
    .evaluate((element) => element.getBoundingClientRect().top);
}

/** Resolves when a paragraph is laid out or left out: the browser decides that frame by frame. */
async function untilLaidOut(panel: Panel, words: string, isLaidOut: boolean): Promise<void> {
  await panel.page.waitForFunction(
    ([text, wanted]) => {
      const paragraphs = [...document.querySelectorAll('.markdown p')];
      const found = paragraphs.find(({ textContent }) => textContent === text);
      return found?.checkVisibility({ contentVisibilityAuto: true }) === wanted;
    },
    [words, isLaidOut] as const,
  );
}

/** Streams an answer in pieces of this length, sixty at a time as the extension joins them, until it is drawn. */
async function streamInto(panel: Panel, text: string, pieceLength: number): Promise<void> {
  const waiting = anAnswer('', { state: 'waiting' });
  await panel.show(aView([aQuestion('Go'), waiting], { busy: true }));
  await panel.article(/^Assistant/).waitFor();
  const pieces = Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, at) =>
    text.slice(at * pieceLength, (at + 1) * pieceLength),
  );
  // From inside of the page: a message from here for each of thousands of pieces would take minutes.
  await panel.page.evaluate(
    async ({ pieces: all, last }) => {
      const say = (revision: number, change: unknown): void => {
        window.postMessage({ type: 'delta', delta: { revision, changes: [change] } }, '*');
      };
      for (const [at, piece] of all.entries()) {
        say(at + 2, { type: 'append', messageId: last.id, at: 0, text: piece });
        if (at % 60 === 59) {
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
      }
      say(all.length + 2, { type: 'message', message: last });
    },
    { pieces, last: { ...anAnswer(text), id: waiting.id, details: { model: 'whole' } } },
  );
  await panel.page.getByRole('group', { name: 'Answer details' }).waitFor();
  await untilQuiet(panel);
}

/** What is on screen of the answer: its elements and texts, without the seams that drawing in steps leaves. */
async function drawing(panel: Panel): Promise<string> {
  return panel.page.locator('.answer .markdown').evaluate((markdown) => {
    const copy = markdown.cloneNode(true);
    copy.normalize();
    return new XMLSerializer().serializeToString(copy);
  });
}

async function drawnAtOnce(pages: Opened, text: string): Promise<string> {
  const panel = await pages.panel({
    view: aView([aQuestion('Go'), anAnswer(text, { details: { model: 'whole' } })]),
  });
  await untilQuiet(panel);
  // What comes whole is folded, and what one watches grow is not.
  for (const fold of await panel.page.locator('.code-fold[aria-expanded="false"]').all()) {
    await fold.click();
  }
  const whole = await drawing(panel);
  await panel.close();
  return whole;
}

async function lastWords(pages: Opened, text: string): Promise<string> {
  const panel = await pages.panel({ view: aView([anAnswer(text)]) });
  await untilQuiet(panel);
  const words = await panel.page.locator('.answer .markdown').textContent();
  await panel.close();
  return words?.slice(-60) ?? '';
}

/** Resolves when nothing in the transcript has changed for ten frames. */
async function untilQuiet(panel: Panel): Promise<void> {
  await panel.article(/^Assistant/).waitFor();
  await panel.page.evaluate(async () => {
    let quiet = 0;
    const log = document.querySelector('[role="log"]') ?? document;
    new MutationObserver(() => (quiet = 0)).observe(log, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    while (quiet < 10) {
      quiet += 1;
      await new Promise(requestAnimationFrame);
    }
  });
}
