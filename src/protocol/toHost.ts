import * as z from 'zod/mini';
import { fileLimits } from './fileLookup.ts';
import { remedyKinds } from './remedies.ts';

/** Code with the language and file that its fence names. */
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

/** Actions for answers on any page. */
export const answerActions = [
  z.object({ type: z.literal('copy'), text: z.string() }),
  z.object({ type: z.literal('insertAtCursor'), text: z.string() }),
  /** Opens code in a new, unsaved file. */
  z.object({ type: z.literal('newFile'), ...codeBlock }),
  /** Proposes code for the file it names, or else for the active one. */
  z.object({ type: z.literal('applyToFile'), ...codeBlock }),
  /** Shows a Mermaid diagram as an image. */
  z.object({ type: z.literal('openDiagram'), text: z.string() }),
  /** Saves an answer's image, a data URL, to a file. */
  z.object({ type: z.literal('saveImage'), image: z.string() }),
  /** Requests code colors; see `ColorRequest`. */
  z.object({
    type: z.literal('color'),
    request: z.object({ id: z.string(), language: z.string(), text: z.string(), tentative: z.boolean() }),
  }),
  /** Asks which paths lead to a workspace file; see `FileQuestion`. */
  z.object({
    type: z.literal('findFiles'),
    question: z.object({
      id: z.string().check(z.maxLength(fileLimits.pathLength)),
      paths: z.array(path).check(z.maxLength(fileLimits.paths)),
    }),
  }),
  /** Shows a file location that an answer names. */
  z.object({
    type: z.literal('openFile'),
    place: z.object({ path, line: position, endLine: position, column: position }),
  }),
] as const;

/**
 * Everything the panel may send to the host. The panel shows text from models and the web, so the host parses each
 * message as untrusted input and drops what doesn't match.
 */
export const toHost = z.discriminatedUnion('type', [
  ready,
  z.object({ type: z.literal('send'), text: z.string() }),
  /** The composer's text, on every change: what would be sent can be previewed. */
  z.object({ type: z.literal('draft'), text: z.string() }),
  stop,
  /** Regenerates an answer. */
  z.object({ type: z.literal('regenerate'), messageId: z.string() }),
  /** The same with another model, which the user chooses. */
  z.object({ type: z.literal('regenerateWith'), messageId: z.string() }),
  /** Resends an edited question. */
  z.object({ type: z.literal('edit'), messageId: z.string(), text: z.string() }),
  /** Never uses the provider of an answer again. */
  z.object({ type: z.literal('avoidProvider'), messageId: z.string() }),
  /** Shows what the chat would have cost on other models. */
  z.object({ type: z.literal('costElsewhere') }),
  /** Forks the chat up to a message. */
  z.object({ type: z.literal('fork'), messageId: z.string() }),
  /** Shows the version before (-1) or after (1) the visible one. */
  z.object({ type: z.literal('showVersion'), messageId: z.string(), step: z.literal([-1, 1]) }),
  /** Withdraws a queued question; its words return by `giveBack`. */
  z.object({ type: z.literal('withdraw'), messageId: z.string() }),
  z.object({ type: z.literal('newChat') }),
  z.object({ type: z.literal('searchChats') }),
  z.object({ type: z.literal('showUsage') }),
  z.object({ type: z.literal('selectModel') }),
  z.object({ type: z.literal('selectEffort') }),
  z.object({ type: z.literal('attachContext') }),
  z.object({ type: z.literal('removeAttachment'), id: z.string() }),
  /** Includes an attached item's secrets; the host asks for confirmation. */
  z.object({ type: z.literal('includeSecrets'), id: z.string() }),
  /** Requests suggestions for the text after `@` or `/`; the answer has the same number. */
  z.object({
    type: z.literal('suggest'),
    id: z.number(),
    trigger: z.literal(['@', '/']),
    query: z.string().check(z.maxLength(200)),
  }),
  /** Accepts one of the last suggestions. */
  z.object({ type: z.literal('takeSuggestion'), id: z.string() }),
  /** Files and folders dropped on the panel. */
  z.object({ type: z.literal('attachUris'), uris: z.array(z.string()) }),
  /** A file that was pasted, or dropped from outside the editor. */
  z.object({ type: z.literal('attachContent'), name: z.string(), base64: z.string() }),
  /** The first keystroke of a question: the host may prepare for sending. */
  z.object({ type: z.literal('composing') }),
  remedy,
  ...answerActions,
]);

/** A message from the panel. */
export type ToHost = z.infer<typeof toHost>;
