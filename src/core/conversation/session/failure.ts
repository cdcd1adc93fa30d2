import { RequestError } from '../../model/requestError.ts';
import type { Failure } from '../message.ts';

/** A failure as it is kept with an answer. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof RequestError)) {
    // A fault of our own: its stack goes to the log by whoever listens; here it must still end the answer.
    return { kind: 'internal', detail: error instanceof Error ? error.message : String(error) };
  }
  return { kind: error.kind, ...error.facts };
}
