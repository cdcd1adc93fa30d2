import type * as z from 'zod/mini';
import type { CleanJson } from '../../context/clean.ts';
import type { JsonObject } from '../../util/json.ts';
import { toStrictSchema } from './strictSchema.ts';

/** An object's value, or what is wrong with it: one fault per line, in words the model can act on. */
export type ValidationResult<Out> =
  { readonly value: Out; readonly fault?: never } | { readonly value?: never; readonly fault: string };

/** An answer format known only at run time. */
export interface AnswerValidator<Out> {
  /** The JSON Schema to request, as strict structured output requires it. */
  readonly strict: CleanJson;
  validate(object: JsonObject): ValidationResult<Out>;
}

/** More faults than this add nothing. */
const maxFaults = 10;

/** The validator of one of our own schemas. */
export function validatorOf<Out>(schema: z.ZodMiniType<Out>): AnswerValidator<Out> {
  return {
    strict: toStrictSchema(schema),
    validate: (object) => {
      const result = schema.safeParse(object);
      return result.success ? { value: result.data } : { fault: faultsIn(result.error.issues) };
    },
  };
}

/** What is wrong with an answer, one fault per line, in words the model can act on. */
function faultsIn(issues: readonly z.core.$ZodIssue[]): string {
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
