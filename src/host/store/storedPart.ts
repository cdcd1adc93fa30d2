import * as z from 'zod/mini';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { asSaved } from '../../core/context/trusted.ts';
import {
  audioFormats,
  toolResultStates,
  type AnswerPart,
  type Part,
  type QuestionPart,
  type ReasoningPart,
} from '../../core/conversation/part.ts';
import { isTooDeep, parseJson } from '../../core/util/json.ts';

/** A row of `part`, with its message. */
export const partRow = z.object({
  message_id: z.string(),
  type: z.string(),
  text: z.string(),
  data: z.nullable(z.string()),
});

/** An attached item's stored data besides its text. */
export const contextData = z.object({
  id: z.string(),
  label: z.string(),
  path: z.string(),
  languageId: z.string(),
  lines: z.optional(z.object({ start: z.number(), end: z.number() })),
  tokens: z.number(),
});

/** An image's or document's stored data. */
export const mediaData = z.object({ name: z.string(), url: z.string() });
/** An audio file's stored data. */
export const audioData = z.object({ name: z.string(), format: z.enum(audioFormats), data: z.string() });

/** What is kept of reasoning beside its words. */
export const reasoningData = z.object({
  durationMs: z.optional(z.number()),
  // What is nested too deep could not be sent again.
  details: z.catch(
    z.optional(z.array(z.unknown()).check(z.refine((details) => !isTooDeep(details)))),
    undefined,
  ),
});

/** What is kept of a picture that a model made. */
export const generatedImageData = z.object({ url: z.string() });

/** Pages of the web. */
export const sourceList = z.array(z.object({ url: z.string(), title: z.string() }));
/** What is kept of the pages that an answer draws on. */
export const sourcesData = z.object({ sources: sourceList });

/** What is kept of what the service read in documents. What is nested too deep could not be sent again. */
export const parsedFilesData = z.object({
  files: z.array(z.record(z.string(), z.unknown()).check(z.refine((file) => !isTooDeep(file)))),
});

/** What is kept of a call of a tool, and of what came of it beside its text. */
export const toolCallData = z.object({ id: z.string(), name: z.string(), arguments: z.string() });
export const toolResultData = z.object({ callId: z.string(), state: z.enum(toolResultStates) });

/** A part's text and JSON columns. */
export function toPartColumns(part: Part): { readonly text: string; readonly data: string | null } {
  switch (part.type) {
    case 'text':
      return { text: part.text, data: null };
    case 'reasoning':
    case 'toolResult': {
      const { type: _type, text, ...data } = part;
      return { text, data: Object.keys(data).length > 0 ? JSON.stringify(data) : null };
    }
    case 'context': {
      const { text, ...data } = part.item;
      return { text, data: JSON.stringify(data) };
    }
    case 'image':
    case 'file':
    case 'audio':
    case 'generatedImage':
    case 'sources':
    case 'parsedFiles':
    case 'toolCall': {
      const { type: _type, ...data } = part;
      return { text: '', data: JSON.stringify(data) };
    }
    default:
      return part satisfies never;
  }
}

/** Reads a part of a question back, which was clean when it was saved; nothing where the row holds no such part. */
export function fromQuestionRow({ type, text, data }: z.infer<typeof partRow>): QuestionPart | undefined {
  const saved = parseJson(data ?? 'null');
  switch (type) {
    case 'text':
      return { type, text: asSaved(text) };
    case 'context': {
      const item = contextData.safeParse(saved).data;
      return item && { type, item: savedItem(fromContext(item, text)) };
    }
    case 'image':
    case 'file': {
      const media = mediaData.safeParse(saved).data;
      return media && { type, ...media, name: asSaved(media.name) };
    }
    case 'audio': {
      const audio = audioData.safeParse(saved).data;
      return audio && { type, ...audio, name: asSaved(audio.name) };
    }
    default:
      return undefined;
  }
}

/** Reads a part of an answer back, which was clean when it was saved; nothing where the row holds no such part. */
export function fromAnswerRow({ type, text, data }: z.infer<typeof partRow>): AnswerPart | undefined {
  const saved = parseJson(data ?? '{}');
  switch (type) {
    case 'text':
      return { type, text: asSaved(text) };
    case 'reasoning': {
      const more = reasoningData.safeParse(saved).data;
      return more && fromReasoning(more, asSaved(text));
    }
    case 'generatedImage': {
      const image = generatedImageData.safeParse(saved).data;
      return image && { type, ...image };
    }
    case 'sources': {
      const list = sourcesData.safeParse(saved).data;
      return list && { type, ...list };
    }
    case 'parsedFiles': {
      const parsed = parsedFilesData.safeParse(saved).data;
      return parsed && { type, ...parsed };
    }
    case 'toolCall': {
      const call = toolCallData.safeParse(saved).data;
      return call && { type, id: call.id, name: asSaved(call.name), arguments: asSaved(call.arguments) };
    }
    case 'toolResult': {
      const result = toolResultData.safeParse(saved).data;
      return result && { type, text: asSaved(text), ...result };
    }
    default:
      return undefined;
  }
}

/** Reasoning from what was kept of it. */
export function fromReasoning(
  { durationMs, details }: Readonly<z.infer<typeof reasoningData>> | ReasoningPart,
  text: CleanText,
): ReasoningPart {
  return {
    type: 'reasoning',
    text,
    ...(durationMs !== undefined && { durationMs }),
    ...(details && { details }),
  };
}

function savedItem(item: ContextItem): CleanItem {
  const { path, languageId, text } = item;
  return { ...item, path: asSaved(path), languageId: asSaved(languageId), text: asSaved(text) };
}

/** An attached item from its stored data. */
export function fromContext({ lines, ...data }: z.infer<typeof contextData>, text: string): ContextItem {
  return { ...data, ...(lines && { lines }), text };
}
