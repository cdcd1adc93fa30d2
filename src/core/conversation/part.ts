import type { CleanItem, CleanText } from '../context/clean.ts';
import type { JsonObject } from '../util/json.ts';

/** Audio formats that the service accepts. */
export const audioFormats = ['wav', 'mp3', 'aiff', 'aac', 'ogg', 'flac', 'm4a', 'pcm16', 'pcm24'] as const;

/** An audio format. */
export type AudioFormat = (typeof audioFormats)[number];

// All parts go with later requests, so all of what they say is clean.

/** An image, document, or audio file with its display name. Its data isn't checked for secrets. */
export type MediaPart =
  /** The URL is a data URL or an https URL that the service fetches. */
  | { readonly type: 'image'; readonly name: CleanText; readonly url: string }
  | { readonly type: 'file'; readonly name: CleanText; readonly url: string }
  /** The data is base64: audio can't be referenced by URL. */
  | { readonly type: 'audio'; readonly name: CleanText; readonly format: AudioFormat; readonly data: string };

/** Words of a question or an answer; those of an answer are Markdown. */
export interface TextPart {
  readonly type: 'text';
  readonly text: CleanText;
}

/** An item of context that goes with a question. */
export interface ContextPart {
  readonly type: 'context';
  readonly item: CleanItem;
}

/** What a question consists of. */
export type QuestionPart = TextPart | ContextPart | MediaPart;

/** What a model thought. The words are empty where a provider hides them. */
export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly text: CleanText;
  /** How long the model thought; absent while it does, and where nobody measured it. */
  readonly durationMs?: number;
  /** The provider's own form of the reasoning, to be returned unchanged with the next request. */
  readonly details?: readonly unknown[];
}

/** A picture that the model made, as a data URL. */
export interface GeneratedImagePart {
  readonly type: 'generatedImage';
  readonly url: string;
}

/** A web page that an answer cites. */
export interface Source {
  readonly url: string;
  readonly title: string;
}

/** The pages of the web that an answer draws on, each once. */
export interface SourcesPart {
  readonly type: 'sources';
  readonly sources: readonly Source[];
}

/**
 * What the service read in attached documents, in its own form. It goes back unchanged, so that they are read, and paid
 * for, once.
 */
export interface ParsedFilesPart {
  readonly type: 'parsedFiles';
  readonly files: readonly JsonObject[];
}

/** One tool call, as the model made it. */
export interface ToolCall {
  /** Names the call to whoever answers it, among the calls of one response. */
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it; it may be anything. */
  readonly arguments: string;
}

/** A call as it is kept, and goes back with the next request. */
export interface ToolCallPart extends ToolCall {
  readonly type: 'toolCall';
  readonly name: CleanText;
  readonly arguments: CleanText;
}

/** How a tool call ended. */
export const toolResultStates = ['done', 'failed', 'denied'] as const;

/** What came of a tool call, for the model to go on with. */
export interface ToolResult {
  readonly callId: string;
  readonly state: (typeof toolResultStates)[number];
  readonly text: CleanText;
}

export interface ToolResultPart extends ToolResult {
  readonly type: 'toolResult';
}

/** What an answer consists of, in the order in which it came. */
export type AnswerPart =
  | TextPart
  | ReasoningPart
  | GeneratedImagePart
  | SourcesPart
  | ParsedFilesPart
  | ToolCallPart
  | ToolResultPart;

/** A piece of a message. */
export type Part = QuestionPart | AnswerPart;
