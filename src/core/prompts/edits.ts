import * as z from 'zod/mini';
import { prose, verbatim } from '../context/clean.ts';
import { anchorRule, codeIsMaterial } from './givenCode.ts';

/** The answer of every prompt that changes code. */
export const editsSchema = z.object({
  summary: z.string().check(z.describe('What changes and why, in one or two sentences')),
  edits: z.array(
    z.object({
      file: z.string().check(z.minLength(1), z.describe('The path as given')),
      search: z
        .string()
        .check(
          z.describe('The code to replace, verbatim and unique in the file; empty for a file that is new'),
        ),
      replace: z.string().check(z.describe('What stands in its place; empty to remove it')),
      // Quotes decide, so an edit without these can be used, too.
      startLine: z.catch(z.int(), 0).check(z.describe('The line of the file at which search begins')),
      reason: z.catch(z.string(), '').check(z.describe('Why, in one sentence')),
    }),
  ),
});

/** Changes to code, each located by the text it replaces. */
export type Edits = z.infer<typeof editsSchema>;

/** How changes are written. */
export const editRules = prose`
  ${anchorRule(verbatim`search`)} \`replace\` takes its place as it is, in the style and the indentation of its
  surroundings; to insert code, repeat in it the line that it is inserted beside. \`startLine\` is the line at
  which \`search\` begins. Edits never overlap. Change only what is needed: no other code, no formatting, no
  remarks about the change. A new file has one edit, with an empty \`search\` and all of its content in
  \`replace\`; of a file that is to go, or to get another name, \`search\` is all of it. Where nothing needs
  to change, give no edits and say so in \`summary\`. ${codeIsMaterial}`;
