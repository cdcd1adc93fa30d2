import { setTimeout as delay } from 'node:timers/promises';
import { sumOf, type Counts } from './results.ts';
import type { Job, Stage } from './stages.ts';

/** How long the set-up of a stage may take, with everything to be fetched over a slow network. */
const prepareLimitMinutes = 20;

/** One stage while its jobs run, perhaps beside those of others. */
export class StageRun {
  readonly jobs: readonly Job[];
  readonly #stage: Stage;
  readonly #counts = new Map<Job, Counts>();
  #prepared: Promise<unknown> | undefined;
  #startedAt = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.jobs = stage.jobs();
  }

  get counts(): Counts {
    return sumOf([...this.#counts.values()]);
  }

  /** A job that cannot run, or takes too long, is one failure; the others still run. */
  async run(job: Job): Promise<void> {
    this.#startedAt ||= performance.now();
    this.#counts.set(job, await this.#countsOf(job));
    if (this.#counts.size === this.jobs.length) {
      const { passed, failed } = this.counts;
      const line = `${String(passed)} passed, ${String(failed)} failed in ${secondsSince(this.#startedAt)} s`;
      console.log(`── ${this.#stage.name}: ${line}\n`);
    }
  }

  /** Runs what failed once more, alone, where a busy machine may be to blame; that it was needed is told. */
  async runFailedAgain(): Promise<void> {
    for (const [job, { failed }] of this.#counts) {
      if (failed > 0 && job.isTimed === true) {
        console.log(`Once more, alone: ${job.name}`);
        const second = await this.#countsOf(job);
        this.#counts.set(job, second);
        console.log(`${second.failed === 0 ? 'Unsteady' : 'Failed twice'}: ${job.name}\n`);
      }
    }
  }

  async #countsOf(job: Job): Promise<Counts> {
    const startedAt = performance.now();
    const tell = (isGood: boolean, words = ''): void => {
      console.log(`${isGood ? '✔' : '✘'} ${job.name} (${secondsSince(startedAt)} s)${words}`);
    };
    try {
      this.#prepared ??= within(prepareLimitMinutes, async () => this.#stage.prepare?.());
      await this.#prepared;
      const counts = await within(job.limitMinutes, (signal) => job.run(signal));
      tell(counts.failed === 0);
      return counts;
    } catch (error) {
      tell(false, ` could not run: ${error instanceof Error ? error.message : String(error)}`);
      return { passed: 0, failed: 1 };
    }
  }
}

function secondsSince(startedAt: number): string {
  return ((performance.now() - startedAt) / 1_000).toFixed(1);
}

/** Does some work, or calls it off. */
async function within<T>(minutes: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const timeIsUp = new AbortController();
  const finished = new AbortController();
  const limit = delay(minutes * 60_000, undefined, { signal: finished.signal }).then(() => {
    timeIsUp.abort();
    throw new Error(`not finished after ${String(minutes)} minutes`);
  });
  try {
    return await Promise.race([work(timeIsUp.signal), limit]);
  } finally {
    finished.abort();
    limit.catch(() => undefined);
  }
}
