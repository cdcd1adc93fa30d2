import assert from 'node:assert/strict';
import { after, afterEach, before } from 'mocha';
import { PanelHarness, type PageOptions, type Panel, type PanelOptions } from './panelHarness.ts';
import type { PageProtocol, WebviewPage } from './webviewPage.ts';

/** Opens pages for the tests of a suite. */
export interface Opened {
  /** Opens the chat, or the comparison. */
  panel(options?: PanelOptions): Promise<Panel>;
  /** Opens another page of ours. */
  page<Out extends { readonly type: string }, In>(
    name: Parameters<PanelHarness['openPage']>[0],
    options: PageOptions,
    protocol: (page: WebviewPage<Out, In>) => PageProtocol<Out>,
  ): Promise<WebviewPage<Out, In>>;
}

/**
 * Gives the suite that calls it one browser. What a test has opened is closed after it, and nothing may have gone wrong
 * there: no error, no breach of the policy, no request to anywhere else.
 */
export function pagesOfSuite(): Opened {
  let harness: PanelHarness;
  let open: { readonly problems: readonly string[]; close(): Promise<void> }[] = [];
  before(async () => {
    harness = await PanelHarness.start();
  });
  after(() => harness.close());
  afterEach(async () => {
    const pages = open;
    open = [];
    await Promise.all(pages.map((page) => page.close()));
    assert.deepEqual(
      pages.flatMap(({ problems }) => problems),
      [],
    );
  });
  const noted = <Page extends (typeof open)[number]>(page: Page): Page => {
    open.push(page);
    return page;
  };
  return {
    panel: async (options) => noted(await harness.open(options)),
    page: async (name, options, protocol) => noted(await harness.openPage(name, options, protocol)),
  };
}
