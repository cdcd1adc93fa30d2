import type * as z from 'zod/mini';

/** More faults than this say nothing new. */
const maxFaults = 10;

/** What is wrong with an answer, a line for each fault, in words that the model can act on. */
export function faultsIn(issues: readonly z.core.$ZodIssue[]): string {
  return issues
    .slice(0, maxFaults)
    .map((issue) => `${issue.path.length === 0 ? 'the answer' : issue.path.join('.')}: ${wordsFor(issue)}`)
    .join('\n');
}

function wordsFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return `must be of type ${issue.expected}`;
  }
  if (issue.code === 'invalid_value') {
    return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
  }
  return issue.code === 'too_small' ? 'must not be empty' : issue.message;
}
