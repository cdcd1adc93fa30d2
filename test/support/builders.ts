import type { ChatRequest } from '../../src/core/conversation/generation/chatModel.ts';
import type { Answer, AssistantMessage, UserMessage } from '../../src/core/conversation/message.ts';
import type { AnswerPart } from '../../src/core/conversation/part.ts';
import type { CleanItem, CleanJson, CleanText } from '../../src/core/context/clean.ts';
import type { ContextItem } from '../../src/core/context/contextItem.ts';
import type { QuestionInput } from '../../src/core/conversation/questionInput.ts';
import type { KeyInfo } from '../../src/core/account/credit.ts';
import type { Model } from '../../src/core/model/model.ts';

/** A value with all its texts marked as clean. */
type Cleaned<T> = T extends string
  ? T & CleanText
  : T extends readonly unknown[]
    ? { readonly [K in keyof T]: Cleaned<T[K]> }
    : T extends object
      ? { readonly [K in keyof T]: Cleaned<T[K]> } & CleanJson
      : T;

/** Something of the test's own, which holds no secret. */
export function clean<const T>(value: T): Cleaned<T> {
  return value as Cleaned<T>;
}

/** A question in words, as it is put. */
export function asking(text: string, ...context: readonly CleanItem[]): QuestionInput {
  return { text: clean(text), context };
}

/** A selection of a file, with whatever matters to the test. */
export function aContextItem(facts: Partial<ContextItem> = {}): CleanItem {
  const item: ContextItem = {
    id: 'item',
    label: 'cart.ts:1-2',
    path: 'src/cart.ts',
    languageId: 'typescript',
    lines: { start: 1, end: 2 },
    text: 'const a = 1;\nconst b = 2;\n',
    tokens: 12,
    ...facts,
  };
  return item as CleanItem;
}

/** A question in words. */
export function aQuestion(text: string, facts: Partial<UserMessage> = {}): UserMessage {
  return {
    role: 'user',
    id: `q-${text}`,
    createdAt: 1,
    parts: [{ type: 'text', text: clean(text) }],
    ...facts,
  };
}

/** What is known of an answer that has ended well, of which the service said nothing. */
export function answerFacts(facts: Partial<Answer> = {}): Answer {
  return { requestedModel: 'author/model', generations: [], outcome: { state: 'done' }, ...facts };
}

/** An answer that has ended well. */
export function anAnswer(text: string, facts: Partial<AssistantMessage> = {}): AssistantMessage {
  const parts: readonly AnswerPart[] = text === '' ? [] : [{ type: 'text', text: clean(text) }];
  return { role: 'assistant', id: `a-${text}`, createdAt: 2, parts, answer: answerFacts(), ...facts };
}

/** A question to a model, with whatever settings matter to the test. */
export function aRequest(facts: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: 'author/model',
    system: clean('Be brief.'),
    messages: [aQuestion('Why?')],
    maxTokens: 100,
    ...facts,
  };
}

/** The record of a key with a limit, in micro-dollars. */
export function aKey(facts: Partial<KeyInfo> = {}): KeyInfo {
  return {
    label: 'a key',
    limit: 10_000_000,
    remaining: 7_480_000,
    spentToday: 310_000,
    spentThisWeek: 1_020_000,
    spentThisMonth: 2_520_000,
    spent: 12_500_000,
    ownKeys: { today: 0, week: 0, month: 0, all: 0, counted: false },
    freeTier: false,
    management: false,
    ...facts,
  };
}

/** A row of the catalog that can do a little of everything. */
export function aModel(facts: Partial<Model> = {}): Model {
  return {
    id: 'author/model',
    name: 'Author: Model',
    contextLength: 128_000,
    maxOutput: 8_192,
    pricing: { kind: 'fixed', prompt: 1_250_000, completion: 10_000_000 },
    capabilities: ['tools', 'structured output'],
    ...facts,
  };
}
