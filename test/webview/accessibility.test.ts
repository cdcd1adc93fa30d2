import assert from 'node:assert/strict';
import { findViolations } from './axe.ts';
import { pagesOfSuite } from './opened.ts';
import { states } from './states.ts';

/** The widths of a narrow side bar, a usual one, and an editor. */
const widths = [240, 320, 700];

describe('Accessibility and layout', () => {
  const pages = pagesOfSuite();

  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
    it(`has no serious finding in any state in ${theme}`, async () => {
      const panel = await pages.panel({ theme });
      const serious: string[] = [];
      for (const [name, view] of Object.entries(states)) {
        await panel.show({ ...view, conversationId: name });
        await panel.page.locator(`[data-conversation="${name}"]`).waitFor();
        await panel.page
          .locator('details')
          .evaluateAll((all) => all.map((each) => each.setAttribute('open', '')));
        serious.push(...(await findViolations(panel.page)).map((each) => `${name}: ${each}`));
      }
      assert.deepEqual(serious, []);
    });
  }

  for (const { width, zoom } of [
    ...widths.map((each) => ({ width: each, zoom: 1 })),
    { width: 480, zoom: 2 },
  ]) {
    it(`fits ${width} pixels at ${zoom * 100} % in any state`, async () => {
      const panel = await pages.panel({ width, zoom });
      for (const [name, view] of Object.entries(states)) {
        await panel.show({ ...view, conversationId: name });
        await panel.page.locator(`[data-conversation="${name}"]`).waitFor();
        const cut = await panel.page.evaluate(() => {
          const boxes = [
            document.documentElement,
            ...document.querySelectorAll('[role="log"], .composer, .alert'),
          ];
          const buttons = Array.from(document.querySelectorAll('button'), (button) =>
            button.getBoundingClientRect(),
          );
          return (
            boxes.some((box) => box.scrollWidth > box.clientWidth) ||
            (document.querySelector('.composer')?.getBoundingClientRect().bottom ?? 0) > innerHeight ||
            buttons.some(({ left, right }) => left < 0 || right > innerWidth)
          );
        });
        assert.equal(cut, false, name);
      }
    });
  }

  it('can be used by keyboard alone, in the order of what one sees', async () => {
    const panel = await pages.panel({ view: states.answer, height: 1_400 });
    await panel.button(/^Model: /).waitFor();
    const order: string[] = [];
    for (let step = 0; step < 24; step += 1) {
      await panel.page.keyboard.press('Tab');
      order.push(
        await panel.page.evaluate(() => {
          const { activeElement: element } = document;
          return element?.getAttribute('aria-label') ?? element?.textContent.slice(0, 20) ?? '';
        }),
      );
      if (order.at(-1)?.startsWith('Model: ') === true) {
        break;
      }
    }
    assert.deepEqual(
      order.map((each) => each.trim()),
      [
        '$0.031204 this chat$',
        'Search chats',
        'New chat',
        'Conversation',
        'Edit message',
        'Thought for 3.2 s',
        'at the end',
        'Wrap lines',
        'Copy',
        'Insert at cursor',
        'Apply to file',
        'New file',
        'export function tota',
        'Table',
        'All details',
        'Copy answer',
        'Regenerate',
        'Ask another model',
        'Fork chat',
        'Message',
        'Attach context',
        'Model: Claude Sonnet 4.5',
      ],
    );
  });

  it('leads the Tab key to all that can be used, in every state, and shows where one is', async () => {
    const panel = await pages.panel({ width: 500 });
    for (const [name, view] of Object.entries(states)) {
      await panel.show({ ...view, conversationId: name });
      await panel.page.locator(`[data-conversation="${name}"]`).waitFor();
      const missed = await panel.page.evaluate(() => {
        (document.activeElement as HTMLElement | null)?.blur();
        const all = document.querySelectorAll('button:enabled, a[href], summary, textarea, [tabindex="0"]');
        const shown = [...all].filter((each) => each.checkVisibility());
        shown.forEach((each, at) => each.setAttribute('data-stop', String(at)));
        return shown.map((each) => each.getAttribute('aria-label') ?? each.textContent.slice(0, 20));
      });
      const left = new Map(missed.map((words, at) => [String(at), words]));
      const unmarked: string[] = [];
      for (let steps = 0; steps < missed.length + 5 && left.size > 0; steps += 1) {
        await panel.page.keyboard.press('Tab');
        const { stop, marked } = await panel.page.evaluate(() => {
          const element = document.activeElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(element ?? document.body);
          return {
            stop: element?.getAttribute('data-stop') ?? '',
            // A text box has a caret.
            marked:
              element?.tagName === 'TEXTAREA' || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0),
          };
        });
        unmarked.push(...(marked ? [] : [left.get(stop) ?? stop]));
        left.delete(stop);
      }
      assert.deepEqual([...left.values()], [], `not reached in ${name}`);
      assert.deepEqual(unmarked.filter(Boolean), [], `not marked in ${name}`);
    }
  });

  it('moves nothing where less motion is wanted', async () => {
    const panel = await pages.panel({ view: states.thinking });
    await panel.page.emulateMedia({ reducedMotion: 'reduce' });
    await panel.page.getByText('Thinking…').waitFor();
    assert.equal(await panel.page.evaluate(() => document.getAnimations().length), 0);
  });
});
