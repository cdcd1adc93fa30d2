import type * as z from 'zod/mini';
import { prose, verbatim, type CleanText } from '../../context/clean.ts';
import { fromModel } from '../../context/trusted.ts';
import type {
  AnswerForm,
  AnswerOrigin,
  ChatModel,
  ChatRequest,
} from '../../conversation/generation/chatModel.ts';
import { maxArgumentsLength } from '../../conversation/generation/chatTool.ts';
import { withThoughtsApart } from '../../conversation/generation/thoughts.ts';
import { tokensOfSystem } from '../../conversation/generation/tokenCounter.ts';
import { addUsage } from '../../conversation/generations.ts';
import {
  promptTokens,
  type AssistantMessage,
  type Message,
  type Usage,
  type UserMessage,
} from '../../conversation/message.ts';
import type { RunBudget } from '../../conversation/generation/runBudget.ts';
import type { Model } from '../../model/model.ts';
import { RequestError } from '../../model/requestError.ts';
import { fitTo, type RequestSettings } from '../../model/requestSettings.ts';
import { readAnswer } from './readAnswer.ts';
import { validatorOf, type AnswerValidator } from './answerValidator.ts';

type AnswerSchema<Out> = z.ZodMiniType<Out> | AnswerValidator<Out>;

/** A command's question with a typed answer: how to ask it, and its schema. */
export interface StructuredPrompt<In, Out, Schema extends AnswerSchema<Out> = z.ZodMiniType<Out>> {
  /** Names the schema: letters, digits, `_`, and `-`. */
  readonly name: CleanText;
  readonly schema: Schema;
  readonly system: CleanText;
  render(input: In): Pick<UserMessage, 'parts'>;
}

/** A prompt with any schema. */
export type AnyStructuredPrompt<In, Out> = StructuredPrompt<In, Out, AnswerSchema<Out>>;

/** What one run needs besides its input. */
export interface RunOptions {
  readonly chat: ChatModel;
  readonly settings: RequestSettings;
  /** The catalog entry of the settings' model, if any: it decides how to ask. */
  readonly model?: Model | undefined;
  /** The id of the command. */
  readonly feature?: string;
  /** The prompt's system text with what belongs to it; by default it stands alone. */
  readonly system?: CleanText;
  /** The first request, if `structuredRequest` has built it before. */
  readonly request?: ChatRequest;
  /** What all rounds may cost together. */
  readonly run?: RunBudget | undefined;
  /**
   * Called if too little budget is left to repair an answer: returns a new budget, or nothing to stop. `spent` is the
   * first round's usage.
   */
  readonly moreBudget?: (request: ChatRequest, spent: Usage | undefined) => Promise<RunBudget | undefined>;
  readonly signal: AbortSignal;
  /** Called before a retry after a temporary failure, with its delay in milliseconds. */
  readonly onWaiting?: (milliseconds: number) => void;
}

/** A validated answer and its cost over all rounds. */
export interface StructuredAnswer<Out> {
  readonly value: Out;
  readonly usage?: Usage;
  readonly origin?: AnswerOrigin;
}

/**
 * The strongest form a model supports; the strict format if it isn't in the catalog. A tool that it can't be told to call
 * is none.
 */
export function answerFormFor(model: Model | undefined): AnswerForm {
  if (!model || model.capabilities.includes('structured output')) {
    return 'format';
  }
  const { capabilities, toolless, parameters } = model;
  const isTold = parameters === undefined || parameters.includes('tool_choice');
  return capabilities.includes('tools') && toolless !== true && isTold ? 'tool' : 'json';
}

/**
 * Asks and validates. An answer that doesn't match is returned once for repair, with its faults. Returns nothing when
 * the signal is aborted; throws a `RequestError`, of kind `invalidAnswer` with the raw text if no answer matches.
 */
export async function runStructuredPrompt<In, Out>(
  prompt: AnyStructuredPrompt<In, Out>,
  input: In,
  options: RunOptions,
): Promise<StructuredAnswer<Out> | undefined> {
  const { settings, signal } = options;
  const opening = options.request ?? structuredRequest(prompt, input, options);
  const { messages: asked, schema } = opening;
  const form = schema?.form ?? 'format';
  const validator = validatorFor(prompt);
  const requestOf = (messages: readonly Message[]): ChatRequest => ({
    ...opening,
    ...fitTo(settings, options.model, tokensOfSystem(opening.system) + promptTokens(messages)),
    messages,
  });
  const ask = async (request: ChatRequest): Promise<Round<Out> | undefined> => {
    const collected = await collect(request, options);
    return signal.aborted ? undefined : { ...collected, ...validate(validator, collected) };
  };
  const first = await ask(withRun(opening, options.run));
  if (!first?.fault) {
    return first && finished(first);
  }
  if (!isRepairable(first)) {
    throw unusable(first);
  }
  const answered = [answerOf(first, settings.model), complaintOn(first.fault, form)];
  const repair = withRun(requestOf([...asked, ...answered]), options.run);
  const second = await ask(repair).catch(async (error: unknown) => {
    if (!options.moreBudget || !(error instanceof RequestError && error.kind === 'runBudget')) {
      throw error;
    }
    // Nothing was sent: the request is repeated if the user allows its cost.
    const more = await options.moreBudget(repair, first.usage);
    if (!more) {
      throw unusable(first);
    }
    return ask({ ...repair, run: more });
  });
  return second && finished(second, first.usage);
}

/** The first request of a prompt. The input is rendered once: whoever has it agreed to passes it on as it is. */
export function structuredRequest<In, Out>(
  prompt: AnyStructuredPrompt<In, Out>,
  input: In,
  {
    settings,
    model,
    feature,
    system = prompt.system,
  }: Pick<RunOptions, 'settings' | 'model' | 'feature' | 'system'>,
): ChatRequest {
  const question: UserMessage = { id: 'question', role: 'user', createdAt: 0, ...prompt.render(input) };
  const schema = { name: prompt.name, schema: validatorFor(prompt).strict, form: answerFormFor(model) };
  return {
    ...fitTo(settings, model, tokensOfSystem(system) + promptTokens([question])),
    system,
    messages: [question],
    schema,
    ...(feature !== undefined && { feature }),
  };
}

function withRun(request: ChatRequest, run: RunBudget | undefined): ChatRequest {
  return run ? { ...request, run } : request;
}

function validatorFor<Out>({ schema }: AnyStructuredPrompt<never, Out>): AnswerValidator<Out> {
  return 'validate' in schema ? schema : validatorOf(schema);
}

/** The result of one request. */
interface CollectedResponse {
  readonly text: string;
  /** The arguments of the answer tool. */
  readonly called: string;
  /** The finish reason; `tooLong` if we stopped it. */
  readonly end: string;
  readonly usage?: Usage | undefined;
  readonly origin?: AnswerOrigin | undefined;
}

/** The result of one request with its value or its faults. */
interface Round<Out> extends CollectedResponse {
  readonly value?: Out;
  readonly fault?: string;
}

/** Longer text, in characters, is never a real answer. */
const maxAnswerLength = maxArgumentsLength;

/** An answer that is longer is not sent back to be repaired, because that would be paid for twice. */
const maxRepairedLength = 100_000;

/** How much of an endless answer is kept. */
const maxKeptLength = 10_000;

async function collect(
  request: ChatRequest,
  { chat, signal, onWaiting }: RunOptions,
): Promise<CollectedResponse> {
  let [text, called, end] = ['', '', ''];
  let usage: Usage | undefined;
  let origin: AnswerOrigin | undefined;
  for await (const event of withThoughtsApart(chat.stream(request, signal))) {
    if (event.type === 'text') {
      text += event.text;
    } else if (event.type === 'thoughts') {
      text = '';
    } else if (event.type === 'toolCalls') {
      called = event.calls.find(({ name }) => name === request.schema?.name)?.arguments ?? '';
    } else if (event.type === 'finish') {
      end = event.reason;
    } else if (event.type === 'usage') {
      usage = event.usage;
    } else if (event.type === 'origin') {
      const { type: _type, ...told } = event;
      origin = { ...origin, ...told };
    } else if (event.type === 'waiting') {
      onWaiting?.(event.milliseconds);
    }
    if (Math.max(text.length, called.length) > maxAnswerLength) {
      return {
        text: text.slice(0, maxKeptLength),
        called: called.slice(0, maxKeptLength),
        end: 'tooLong',
        usage,
        origin,
      };
    }
  }
  return { text, called, end, usage, origin };
}

function validate<Out>(
  schema: AnswerValidator<Out>,
  { text, called, end }: CollectedResponse,
): Pick<Round<Out>, 'value' | 'fault'> {
  if (end === 'tooLong') {
    return { fault: 'The answer was too long, so it was discarded.' };
  }
  const result = readAnswer(schema, [called, text], wholeEnds.has(end));
  if (end === 'length' && (!result || result.fault !== undefined)) {
    return { fault: 'The answer was cut off at the length limit.' };
  }
  return result ?? { fault: "The answer doesn't contain a JSON object." };
}

/** An answer that the model ended itself. */
const wholeEnds: ReadonlySet<string> = new Set(['stop', 'tool_calls']);

/** What was cut or filtered once would be cut or filtered again. */
const finalEnds: ReadonlySet<string> = new Set(['tooLong', 'length', 'content_filter']);

function isRepairable({ text, called, end }: CollectedResponse): boolean {
  return !finalEnds.has(end) && text.length + called.length <= maxRepairedLength;
}

function finished<Out>(
  { value, usage, origin, ...round }: Round<Out>,
  before?: Usage,
): StructuredAnswer<Out> {
  if (value === undefined) {
    throw unusable(round);
  }
  const sum = usage && before ? addUsage(before, usage) : (usage ?? before);
  return { value, ...(sum && { usage: sum }), ...(origin && { origin }) };
}

function unusable({ fault = '', text, called, end }: Round<unknown>): RequestError {
  if (text.trim() === '' && called.trim() === '' && (end === 'stop' || end === '')) {
    return new RequestError('emptyAnswer');
  }
  const kind = end === 'content_filter' ? 'contentFilter' : 'invalidAnswer';
  return new RequestError(kind, { detail: `${fault}\n\n${called === '' ? text : called}` });
}

function answerOf({ text, called }: CollectedResponse, model: string): AssistantMessage {
  return {
    id: 'answer',
    role: 'assistant',
    createdAt: 0,
    parts: [{ type: 'text', text: fromModel(called === '' ? text : called) }],
    answer: { requestedModel: model, generations: [], outcome: { state: 'done' } },
  };
}

function complaintOn(fault: string, form: AnswerForm): UserMessage {
  const wish =
    form === 'tool'
      ? prose`Call the tool again with the whole answer, put right.`
      : prose`Give the whole answer again, put right: one JSON object that fits the schema, and nothing else.`;
  // Faults name the schema and the model's words, which are both clean.
  const text = verbatim`This answer cannot be used:\n${fromModel(fault)}\n\n${wish}`;
  return { id: 'complaint', role: 'user', createdAt: 0, parts: [{ type: 'text', text }] };
}
