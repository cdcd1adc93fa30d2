import * as z from 'zod/mini';
import { joined, prose, verbatim, type CleanItem, type CleanText } from '../context/clean.ts';
import type { StructuredPrompt } from './structured/structuredPrompt.ts';

/** What a snippet is generated from. */
export interface SnippetInput {
  readonly description: CleanText;
  /** The language of the target file. */
  readonly languageId: CleanText;
  readonly selection?: CleanItem;
  /** The bodies of existing variants: the new one should differ. */
  readonly besides?: readonly CleanText[];
}

const snippet = z.object({
  name: z.string().check(z.minLength(1), z.describe('A short title in plain words')),
  prefix: z.string().check(z.minLength(1), z.describe('What a user types to get it: one word, no spaces')),
  language: z.string().check(z.describe('The VS Code language id of the body')),
  description: z.string().check(z.describe('One sentence on what the snippet does')),
  body: z
    .string()
    .check(
      z.minLength(1),
      z.describe('The code, with each placeholder written {{name}}; nothing else is special in it'),
    ),
  placeholders: z.array(
    z.object({
      name: z.string().check(z.minLength(1), z.describe('As in the body, without the braces')),
      default: z.string().check(z.describe('The text that stands there until the user types over it')),
    }),
  ),
});

/** A generated snippet: code with named placeholders. */
export type Snippet = z.infer<typeof snippet>;

/** Turns a description, and the selection if any, into a snippet. */
export const generateSnippet: StructuredPrompt<SnippetInput, Snippet> = {
  name: verbatim`snippet`,
  schema: snippet,
  system: prose`
    You write code snippets for an editor. Write idiomatic, complete code in the language asked for, indented
    with tabs, without a surrounding fence. Mark what a user will want to change as {{name}} placeholders, in
    the order in which they are filled in, and list each of them with a sensible default. Use a placeholder
    again wherever the same text recurs.`,
  render: ({ description, languageId, selection, besides = [] }) => ({
    parts: [
      ...(selection ? [{ type: 'context' as const, item: selection }] : []),
      {
        type: 'text',
        text: joined(
          [
            ...besides.map(
              (body) => verbatim`Another variant than this one, which goes about it otherwise:\n${body}`,
            ),
            verbatim`Language: ${languageId}\nSnippet: ${description}`,
          ],
          '\n\n',
        ),
      },
    ],
  }),
};
