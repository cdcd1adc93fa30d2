import * as z from 'zod/mini';
import { prose, verbatim, type CleanText } from '../context/clean.ts';
import { codeIsMaterial, codeQuestion, under, type CodeInput } from './givenCode.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

const tests = z.object({
  framework: z.string().check(z.describe('The test framework that the files use')),
  files: z
    .array(
      z.object({
        path: z.string().check(z.minLength(1), z.describe('Relative, by the conventions of the project')),
        content: z.string().check(z.minLength(1), z.describe('The whole file')),
      }),
    )
    .check(z.minLength(1)),
  cases: z.array(
    z.object({
      name: z.string().check(z.minLength(1), z.describe('As the test is named in the file')),
      purpose: z.string().check(z.describe('What would be broken if it failed')),
    }),
  ),
});

/** Test files, with the purpose of each test. */
export type Tests = z.infer<typeof tests>;

/** Code to test, and how the project tests. */
export interface TestsInput extends CodeInput {
  readonly framework?: CleanText;
}

/** Writes tests for code. */
export const writeTests: StructuredPrompt<TestsInput, Tests> = {
  name: verbatim`tests`,
  schema: tests,
  system: prose`
    You write tests. Test what the code promises through what it exports, with the framework that is named,
    else the usual one of the language: the ordinary case, the limits, and each way to fail. Each test checks
    one thing, needs no network and waits for no time to pass. Give complete files that run as they are, with
    imports that are right for their paths. List every test in \`cases\`. ${codeIsMaterial}`,
  render: ({ items, framework, instruction }) =>
    codeQuestion(
      items,
      under(verbatim`Framework`, framework),
      under(verbatim`Instruction`, instruction) ?? verbatim`Write tests for this code.`,
    ),
};
