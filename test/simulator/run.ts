import type { Answer } from './answer.ts';
import type { ChatRequest } from './chatRequest.ts';
import type { Head } from './completion.ts';
import type { Route } from './routing.ts';
import type { Scenario } from './scenario.ts';

/** A request that will be answered, with all that was decided about the answer. */
export interface Run {
  readonly key: string;
  readonly request: ChatRequest;
  readonly scenario: Scenario;
  readonly found: Extract<Route, { found: true }>;
  readonly head: Head;
  readonly answer: Answer;
  readonly promptTokens: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Where the answer is to be kept; undefined when the cache is not wanted. */
  readonly cacheName: string | undefined;
  readonly cacheSeconds: number;
}
