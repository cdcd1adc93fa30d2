import * as z from 'zod/mini';
import { fileLimits } from './fileLookup.ts';
import { remedyKinds } from './remedies.ts';

/** Code, with the language and the file that its fence names. */
const codeBlock = {
  text: z.string(),
  language: z.string(),
  fileName: z.optional(z.string()),
};

const path = z.string().check(z.minLength(1), z.maxLength(fileLimits.pathLength));

/** A line or a column. */
const position = z.optional(z.int().check(z.gte(1), z.lte(fileLimits.line)));

/** The page is drawn (again) or has lost step: send a snapshot. */
export const ready = z.object({ type: z.literal('ready') });

export const stop = z.object({ type: z.literal('stop') });

/** The user has pressed a button of an alert. */
export const remedy = z.object({
  type: z.literal('remedy'),
  alertId: z.string(),
  /** The model that a remedy names. */
  model: z.optional(z.string()),
  kind: z.enum(remedyKinds),
});

/** What one can do with any answer, wherever it is drawn. */
export const answerActions = [
  z.object({ type: z.literal('copy'), text: z.string() }),
  z.object({ type: z.literal('insertAtCursor'), text: z.string() }),
  /** Opens code in a file of its own, which is not saved yet. */
  z.object({ type: z.literal('newFile'), ...codeBlock }),
  /** Proposes code for the file that it names, or else for the one that is open. */
  z.object({ type: z.literal('applyToFile'), ...codeBlock }),
  /** Shows a diagram in mermaid's language as a picture. */
  z.object({ type: z.literal('openDiagram'), text: z.string() }),
  /** Keeps a picture of an answer, a data URL, in a file. */
  z.object({ type: z.literal('saveImage'), image: z.string() }),
  /** Asks how the editor would color some code; see `ColorRequest`. */
  z.object({
    type: z.literal('color'),
    request: z.object({ id: z.string(), language: z.string(), text: z.string(), tentative: z.boolean() }),
  }),
  /** Asks which paths lead to a file of the workspace; see `FileQuestion`. */
  z.object({
    type: z.literal('findFiles'),
    question: z.object({
      id: z.string().check(z.maxLength(fileLimits.pathLength)),
      paths: z.array(path).check(z.maxLength(fileLimits.paths)),
    }),
  }),
  /** Shows a place of a file that an answer names. */
  z.object({
    type: z.literal('openFile'),
    place: z.object({ path, line: position, endLine: position, column: position }),
  }),
] as const;

/**
 * Everything the panel may say to the host. The panel shows text from models and the web, so the host parses
 * each message as untrusted input and drops what does not fit.
 */
export const toHost = z.discriminatedUnion('type', [
  ready,
  z.object({ type: z.literal('send'), text: z.string() }),
  /** What stands in the composer, whenever that changes: what would be sent can be looked at before. */
  z.object({ type: z.literal('draft'), text: z.string() }),
  stop,
  /** Asks for another answer in the place of one. */
  z.object({ type: z.literal('regenerate'), messageId: z.string() }),
  /** The same of another model, which the user chooses. */
  z.object({ type: z.literal('regenerateWith'), messageId: z.string() }),
  /** Puts a question in other words, in its place. */
  z.object({ type: z.literal('edit'), messageId: z.string(), text: z.string() }),
  /** Begins a chat of its own with all that was said up to a message. */
  z.object({ type: z.literal('fork'), messageId: z.string() }),
  /** Shows the version of a message before (-1) or after (1) the one that is shown. */
  z.object({ type: z.literal('showVersion'), messageId: z.string(), step: z.literal([-1, 1]) }),
  /** Takes back a question that waits for its turn; its words come back by `giveBack`. */
  z.object({ type: z.literal('withdraw'), messageId: z.string() }),
  z.object({ type: z.literal('newChat') }),
  z.object({ type: z.literal('searchChats') }),
  z.object({ type: z.literal('showUsage') }),
  z.object({ type: z.literal('selectModel') }),
  z.object({ type: z.literal('selectEffort') }),
  z.object({ type: z.literal('attachContext') }),
  z.object({ type: z.literal('removeAttachment'), id: z.string() }),
  /** Lets an attached item go with the secrets that were taken out of it; the host asks once more. */
  z.object({ type: z.literal('includeSecrets'), id: z.string() }),
  /** Asks what fits the letters after `@` or `/`; the answer carries the same number. */
  z.object({
    type: z.literal('suggest'),
    id: z.number(),
    trigger: z.literal(['@', '/']),
    query: z.string().check(z.maxLength(200)),
  }),
  /** Takes one of the suggestions that were made last. */
  z.object({ type: z.literal('takeSuggestion'), id: z.string() }),
  /** Files and folders that were dropped on the panel. */
  z.object({ type: z.literal('attachUris'), uris: z.array(z.string()) }),
  /** A file that was pasted, or dropped from outside of the editor. */
  z.object({ type: z.literal('attachContent'), name: z.string(), base64: z.string() }),
  /** The first keystroke of a question: the host may warm up what sending needs. */
  z.object({ type: z.literal('composing') }),
  remedy,
  ...answerActions,
]);

/** One message from the panel. */
export type ToHost = z.infer<typeof toHost>;
