import * as z from 'zod/mini';
import type { ChatModel, ChatRequest } from '../conversation/chatModel.ts';
import type { Usage, UserMessage } from '../conversation/message.ts';
import { RequestError } from '../model/requestError.ts';
import { objectIn, parseJson, type JsonObject } from '../util/json.ts';
import { toStrictSchema } from './strictSchema.ts';

/** A command's question with a typed answer: how to put it, and what shape comes back. */
export interface StructuredPrompt<In, Out> {
  /** Names the schema to the service: letters, digits, `_` and `-`. */
  readonly name: string;
  readonly schema: z.ZodMiniType<Out>;
  readonly system: string;
  render(input: In): Pick<UserMessage, 'parts'>;
}

/** What one run needs besides its input. The settings are those of every request, but nothing is searched for. */
export interface RunOptions
  extends
    Pick<ChatRequest, 'model' | 'maxTokens'>,
    Partial<Pick<ChatRequest, 'fallbackModels' | 'reasoningEffort' | 'temperature' | 'responseCache'>> {
  readonly chat: ChatModel;
  readonly signal: AbortSignal;
}

/** A validated answer and what it cost. */
export interface StructuredAnswer<Out> {
  readonly value: Out;
  readonly usage?: Usage;
}

/**
 * Asks and validates. Gives nothing when the signal is aborted; throws a `RequestError`, of kind `invalidAnswer`
 * with the raw text when the answer does not fit.
 */
export async function runStructuredPrompt<In, Out>(
  prompt: StructuredPrompt<In, Out>,
  input: In,
  { chat, signal, ...settings }: RunOptions,
): Promise<StructuredAnswer<Out> | undefined> {
  const question: UserMessage = { id: 'question', role: 'user', createdAt: 0, ...prompt.render(input) };
  const request = {
    ...settings,
    webSearch: false,
    system: prompt.system,
    messages: [question],
    schema: { name: prompt.name, schema: toStrictSchema(prompt.schema) },
  };
  let text = '';
  let cut = false;
  let usage: Usage | undefined;
  for await (const event of chat.stream(request, signal)) {
    if (event.type === 'text') {
      text += event.text;
    } else if (event.type === 'finish') {
      cut = event.reason === 'length';
    } else if (event.type === 'usage') {
      usage = event.usage;
    }
  }
  if (signal.aborted) {
    return undefined;
  }
  return { value: parseAnswer(prompt.schema, text, cut), ...(usage === undefined ? {} : { usage }) };
}

function parseAnswer<Out>(schema: z.ZodMiniType<Out>, text: string, cut: boolean): Out {
  const result = schema.safeParse(objectOf(text));
  if (result.success) {
    return result.data;
  }
  const fault = cut ? 'The answer was cut off at the length limit.' : z.prettifyError(result.error);
  throw new RequestError('invalidAnswer', { detail: `${fault}\n\n${text}` });
}

/** The object of an answer, also of a chatty model that wrapped it in a fence or in sentences. */
function objectOf(text: string): JsonObject | undefined {
  const fenced = /```\w*\s*\n([\s\S]*)\n\s*```/.exec(text)?.[1] ?? '';
  const braced = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  const objects = [fenced, braced].map((candidate) => objectIn(parseJson(candidate)));
  return objects.find((object) => object !== undefined);
}
