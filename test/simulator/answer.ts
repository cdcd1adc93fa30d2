import { answerAbout, reasoningAbout } from './answers.ts';
import { burstText } from './burst.ts';
import type { ChatRequest, OfferedTool } from './chatRequest.ts';
import { lastUserText } from './chatRequest.ts';
import type { MessageReading } from './codeReading.ts';
import { readConversation } from './codeReading.ts';
import { objectOf, parseJson, textOf } from './json.ts';
import type { JsonObject } from './json.ts';
import type { CatalogEntry } from './model.ts';
import type { AnswerChanges, PlannedCall } from './scenario.ts';
import { instanceOf } from './schemaInstance.ts';
import { countTokens, piecesOf } from './tokens.ts';

/** A call of a function, ready to be sent. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** How a thought is stored besides its readable form. */
export type ThoughtForm = 'text' | 'signature' | 'encrypted';

/** Everything that an answer says, before it is put in chunks or in one body. */
export interface Answer {
  readonly reasoning: string;
  readonly thoughtForm: ThoughtForm;
  readonly thoughtFormat: string;
  /** The thought is paid for and not shown. */
  readonly hidesReasoning: boolean;
  readonly content: string;
  readonly calls: readonly ToolCall[];
  readonly fragments: boolean;
  readonly finishReason: string;
  readonly nativeFinishReason: string;
  readonly annotations: readonly unknown[];
  readonly images: readonly unknown[];
  readonly reasoningTokens: number;
  readonly completionTokens: number;
}

/** Decides what to say to a request. */
export function planAnswer(request: ChatRequest, entry: CatalogEntry, changes: AnswerChanges): Answer {
  const reading = readConversation(
    request.messages.filter((message) => message.role !== 'assistant').map((message) => message.text),
  );
  const thought = changes.reasoning ?? (reasons(request, entry) ? reasoningAbout(reading) : '');
  const reasoning = piecesOf(thought).slice(0, request.maxTokens).join('');
  const reasoningTokens = countTokens(reasoning);
  const calls = callsOf(request, changes, reading);
  const full = calls.length > 0 ? '' : contentOf(request, entry, changes, reading);
  const { content, cut } = cutContent(full, request, changes, reasoningTokens);
  const callTokens = calls.reduce(
    (sum, call) => sum + countTokens(call.name) + countTokens(call.arguments),
    0,
  );
  const finishReason = cut ?? (calls.length > 0 ? 'tool_calls' : 'stop');
  return {
    reasoning,
    ...thoughtOf(entry, changes),
    hidesReasoning: request.reasoning.exclude === true,
    content,
    calls,
    fragments: changes.fragments ?? false,
    finishReason,
    nativeFinishReason: nativeReason(entry, finishReason),
    annotations: changes.annotations === true || request.searchesWeb ? citations(content) : [],
    images: changes.images ? [simulatedImage] : [],
    reasoningTokens,
    completionTokens: reasoningTokens + countTokens(content) + callTokens,
  };
}

function contentOf(
  request: ChatRequest,
  entry: CatalogEntry,
  changes: AnswerChanges,
  reading: MessageReading,
): string {
  const fixed = firstContent(request, changes) ?? changes.content;
  if (fixed !== undefined) return fixed;
  if (changes.burst !== undefined) return burstText(changes.burst);
  const { supported_parameters: parameters } = entry.model;
  const { format } = request;
  if (format.type === 'json_schema' && parameters.includes('structured_outputs')) {
    const json = JSON.stringify(instanceOf(format.schema, reading), null, 2);
    return changes.fenced === true ? inFence(json) : json;
  }
  if (format.type === 'json_object' && parameters.includes('response_format')) {
    const schema = schemaInWords(request);
    const answer = schema ? instanceOf(schema, reading) : { answer: answerAbout(reading), simulated: true };
    return changes.fenced === true ? inFence(JSON.stringify(answer, null, 2)) : JSON.stringify(answer);
  }
  return answerAbout(reading);
}

/** JSON as models write it that were not made to hold to a format. */
function inFence(json: string): string {
  return `Sure, here it is:\n\n\`\`\`json\n// As you asked {for} it\n${json.slice(0, -2)},\n}\n\`\`\`\n\nI hope that this helps {you}!`;
}

function firstContent(request: ChatRequest, changes: AnswerChanges): string | undefined {
  return request.messages.some(({ role }) => role === 'assistant') ? undefined : changes.firstContent;
}

/** A JSON Schema of an object that stands on a line of the instructions. */
function schemaInWords(request: ChatRequest): JsonObject | undefined {
  return request.messages
    .filter(({ role }) => role === 'system')
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => objectOf(parseJson(line)?.value))
    .find(({ type, properties }) => type === 'object' && properties !== undefined);
}

interface CutContent {
  readonly content: string;
  /** Why it was cut; undefined when it was not. */
  readonly cut: string | undefined;
}

function cutContent(full: string, request: ChatRequest, changes: AnswerChanges, spent: number): CutContent {
  const stop = request.stop.map((sequence) => full.indexOf(sequence)).filter((position) => position >= 0);
  const stopped = stop.length > 0 ? full.slice(0, Math.min(...stop)) : full;
  const pieces = piecesOf(stopped);
  const allowed = Math.max(0, (request.maxTokens ?? Infinity) - spent);
  const wanted = changes.cutAfter ?? Infinity;
  if (pieces.length <= Math.min(allowed, wanted)) return { content: stopped, cut: changes.finishReason };
  const content = pieces.slice(0, Math.min(allowed, wanted)).join('');
  return { content, cut: allowed <= wanted ? 'length' : (changes.finishReason ?? 'length') };
}

/** Whether the model thinks first, by what was asked and what it does by itself. */
function reasons(request: ChatRequest, entry: CatalogEntry): boolean {
  const { reasoning: support } = entry.model;
  if (!support) return false;
  if (support.mandatory) return true;
  const { effort, enabled, max_tokens: budget } = request.reasoning;
  if (enabled === false || effort === 'none') return false;
  return (
    enabled === true ||
    typeof effort === 'string' ||
    typeof budget === 'number' ||
    support.default_enabled === true
  );
}

function thoughtOf(
  entry: CatalogEntry,
  changes: AnswerChanges,
): { readonly thoughtForm: ThoughtForm; readonly thoughtFormat: string } {
  const byAuthor: Readonly<Record<string, readonly [ThoughtForm, string]>> = {
    anthropic: ['signature', 'anthropic-claude-v1'],
    openai: ['encrypted', 'openai-responses-v1'],
    google: ['signature', 'google-gemini-v1'],
    'x-ai': ['encrypted', 'xai-responses-v1'],
  };
  const [form, thoughtFormat] = byAuthor[entry.author] ?? (['text', 'unknown'] as const);
  return { thoughtForm: changes.reasoningDetails ?? form, thoughtFormat };
}

function callsOf(request: ChatRequest, changes: AnswerChanges, reading: MessageReading): readonly ToolCall[] {
  if (request.toolChoice === 'none') return [];
  return plannedCalls(request, changes).map((planned, index) => {
    const tool = request.tools.find(({ name }) => name === planned.name);
    const made = JSON.stringify(instanceOf(tool?.parameters ?? {}, reading));
    return {
      id: `call_${String(index)}_${planned.name}`,
      name: planned.name,
      arguments: firstContent(request, changes) ?? planned.arguments ?? made,
    };
  });
}

function plannedCalls(request: ChatRequest, changes: AnswerChanges): readonly PlannedCall[] {
  // After a result the answer is text; otherwise an agent would call for ever.
  if (request.messages.at(-1)?.role === 'tool') return [];
  if (changes.calls === 'offered-tools') {
    const offered = request.tools.slice(0, changes.fragments ? 2 : 1);
    return offered.length > 0
      ? offered.map(toCall)
      : [{ name: 'read_file', arguments: '{"path":"src/example.ts"}' }];
  }
  if (changes.calls) return changes.calls;
  const { toolChoice, tools } = request;
  const marked = /\[\[call:([\w-]+)\]\]/.exec(lastUserText(request))?.[1];
  const chosen = typeof toolChoice === 'object' ? toolChoice.name : marked;
  if (chosen !== undefined) return tools.filter(({ name }) => name === chosen).map(toCall);
  return toolChoice === 'required' ? tools.slice(0, 1).map(toCall) : [];
}

function toCall(tool: OfferedTool): PlannedCall {
  return { name: tool.name };
}

function nativeReason(entry: CatalogEntry, reason: string): string {
  if (entry.author !== 'anthropic') return reason;
  return { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' }[reason] ?? reason;
}

function citations(content: string): readonly unknown[] {
  const pages = ['https://example.com/guide', 'https://example.com/reference'];
  return pages.map((url, index) => ({
    type: 'url_citation',
    url_citation: {
      url,
      title: `Simulated source ${String(index + 1)}`,
      content: 'An excerpt of the page (simulated).',
      start_index: 0,
      end_index: Math.min(content.length, 80 * (index + 1)),
    },
  }));
}

/** One transparent pixel: enough to prove that images arrive. */
const simulatedImage = {
  type: 'image_url',
  image_url: {
    url: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  },
};

/** The scenario named by a marker such as `[[scenario:stall]]` in the newest message of the user. */
export function markedScenario(request: ChatRequest): string | undefined {
  return /\[\[scenario:([\w-]+)\]\]/.exec(lastUserText(request))?.[1];
}

/** The scenario named by a model id such as `simulated/stall`. */
export function modelScenario(request: ChatRequest): string | undefined {
  return textOf(/^simulated\/([\w-]+)$/.exec(request.models[0] ?? '')?.[1]);
}
