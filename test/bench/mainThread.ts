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

/** How long the page's main thread is at work while something is done: milliseconds of processor time. */
export async function busyTime(page: Page, work: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
  };
  const before = await read();
  await work();
  const after = await read();
  await session.detach();
  return after - before;
}

function longestIn(bytes: Buffer): number {
  const { traceEvents } = trace.parse(JSON.parse(bytes.toString()));
  const threadOf = ({ pid, tid }: { pid: number; tid: number }): string => `${pid}/${tid}`;
  const tasks = new Map<string, number[]>();
  for (const event of traceEvents) {
    if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain') {
      tasks.set(threadOf(event), []);
    }
  }
  for (const event of traceEvents) {
    if (event.name === 'RunTask') {
      tasks.get(threadOf(event))?.push(event.dur ?? 0);
    }
  }
  // A browser keeps processes in reserve; the page's is the one that works.
  const sum = (each: readonly number[]): number => each.reduce((total, next) => total + next, 0);
  const [busiest = []] = [...tasks.values()].toSorted((one, other) => sum(other) - sum(one));
  if (busiest.length === 0) {
    throw new Error('the trace has no task of the main thread');
  }
  return Math.max(...busiest) / 1_000;
}
