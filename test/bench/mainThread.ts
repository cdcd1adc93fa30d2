import type { Page } from 'playwright-core';
import * as z from 'zod/mini';

/** What a trace of Chromium says of its threads and their tasks. Times are microseconds. */
const trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      dur: z.optional(z.number()),
      args: z.optional(z.looseObject({ name: z.optional(z.unknown()) })),
    }),
  ),
});

const categories = ['__metadata', 'disabled-by-default-devtools.timeline'];

/**
 * The longest task of the page's main thread while something is done, in milliseconds. A view shares that thread
 * with the workbench. The page's own `longtask` entries begin at 50 ms only; the browser's trace has every task.
 */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  const browser = page.context().browser();
  if (!browser) {
    throw new Error('the page has no browser that could be traced');
  }
  await browser.startTracing(page, { categories });
  try {
    await work();
  } catch (error) {
    await browser.stopTracing();
    throw error;
  }
  return longestIn(await browser.stopTracing());
}

function longestIn(bytes: Buffer): number {
  const { traceEvents } = trace.parse(JSON.parse(bytes.toString()));
  const threadOf = ({ pid, tid }: { pid: number; tid: number }): string => `${pid}/${tid}`;
  const main = traceEvents.find(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const tasks = traceEvents.filter(
    (event) => event.name === 'RunTask' && main && threadOf(event) === threadOf(main),
  );
  if (tasks.length === 0) {
    throw new Error('the trace has no task of the main thread');
  }
  return Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1_000;
}
