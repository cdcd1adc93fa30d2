import * as z from 'zod/mini';
import { prose, verbatim } from '../context/clean.ts';
import { codeIsMaterial, codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

const explanation = z.object({
  summary: z.string().check(z.minLength(1), z.describe('What the code is for, in one to three sentences')),
  steps: z.array(
    z.object({
      quote: z.string().check(z.minLength(1), z.describe('The lines that are explained, verbatim')),
      startLine: z.int().check(z.describe('The first line of the quote in the file')),
      explanation: z.string().check(z.describe('What they do and why, in one to three sentences')),
    }),
  ),
  pitfalls: z.array(z.string()).check(z.describe('What is easy to get wrong about this code; may be empty')),
});

/** What code does, step by step. */
export type Explanation = z.infer<typeof explanation>;

/** Explains code to someone who has to work on it. */
export const explainCode: StructuredPrompt<CodeInput, Explanation> = {
  name: verbatim`explanation`,
  schema: explanation,
  system: prose`
    You explain code to a programmer who has to change it. Go through it in the order in which it runs, and
    say why rather than repeat what the lines say. Copy each \`quote\` verbatim from the code, whole lines
    without line numbers, long enough to occur only once and otherwise short. Where you can only guess, say
    so. ${codeIsMaterial}`,
  render: ({ items, instruction }) =>
    codeQuestion(items, under(verbatim`Question`, instruction) ?? verbatim`Explain this code.`),
};
