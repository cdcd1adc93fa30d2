import { ChatSession } from '../../src/core/conversation/session/chatSession.ts';
import { conversationUsage } from '../../src/core/conversation/generations.ts';
import type { PicoDollars } from '../../src/core/money/money.ts';
import { runStructuredPrompt } from '../../src/core/prompts/structured/structuredPrompt.ts';
import { suggestNames } from '../../src/core/prompts/suggestNames.ts';
import type { ScenarioName } from '../simulator/scenarios.ts';
import { aContextItem, asking, clean } from './builders.ts';
import type { MoneyWindow } from './moneyWindow.ts';

/** Some with prices that have many decimals, one with a price of its own at night, one that costs nothing. */
const models = [
  'anthropic/claude-sonnet-4.6',
  'openai/gpt-5.4-nano',
  'deepseek/deepseek-v3.2',
  'mistralai/mistral-nemo',
  'google/gemini-2.5-flash-lite',
];

/** What becomes of the questions of a chat, in turn. */
const fates: readonly (ScenarioName | 'stopped' | 'free')[] = [
  'default',
  'stopped',
  'midstream-error',
  'fallback',
  'cached-prompt',
  'free',
  'own-provider-key',
  'own-provider-key-fee',
  'length-cut',
  'stopped',
  'refuses-once',
  'truncated',
  'error-credit',
  'usage-empty-choices',
  'duplicated-reasoning',
];

/** So many questions are asked in one chat. */
const questionsPerChat = 5;

/** Every so many-th question is that of a command. */
const commandEvery = 5;

/**
 * Asks so many questions of all sorts, some at the same time. Gives what the chats and the commands say that they cost,
 * as the panel and the notifications show it.
 */
export async function askMixed(window: MoneyWindow, questions: number): Promise<PicoDollars> {
  const inCommands = Math.floor(questions / commandEvery);
  const inChats = questions - inCommands;
  const chats = Math.ceil(inChats / questionsPerChat);
  const waiting = Array.from({ length: chats }, (_, at) => at).values();
  const work = async (): Promise<PicoDollars> => {
    let total = 0;
    for (const at of waiting) {
      total += await chatAbout(window, at, Math.min(questionsPerChat, inChats - at * questionsPerChat));
    }
    return total;
  };
  const totals = await Promise.all([work(), work(), work(), runCommands(window, inCommands)]);
  return totals.reduce((sum, each) => sum + each, 0);
}

async function chatAbout(window: MoneyWindow, chat: number, questions: number): Promise<PicoDollars> {
  const asked = { model: '', fallback: '' };
  const session = ChatSession.begin({
    ...window.sessions,
    model: () => asked.model,
    request: () => ({
      model: asked.model,
      system: clean('Be brief.'),
      maxTokens: 400,
      ...(asked.fallback !== '' && { fallbackModels: [asked.fallback] }),
    }),
  });
  let isStopped = false;
  session.onDidChange(({ type }) => {
    if ((type === 'part' || type === 'append') && isStopped) {
      session.stop();
    }
  });
  for (let at = 0; at < questions; at += 1) {
    const number = chat * questionsPerChat + at;
    const fate = fates[number % fates.length] ?? 'default';
    isStopped = fate === 'stopped';
    asked.model = fate === 'free' ? 'openrouter/free' : (models[number % models.length] ?? '');
    asked.fallback = fate === 'fallback' ? (models[(number + 1) % models.length] ?? '') : '';
    const scenario = isStopped ? 'stall' : fate === 'free' ? 'default' : fate;
    await session.send(
      session.prepare.question(asking(`Question ${String(number)} [[scenario:${scenario}]]`)),
    );
  }
  await window.settled();
  return conversationUsage(session.conversation.messages)?.cost ?? 0;
}

async function runCommands(window: MoneyWindow, commands: number): Promise<PicoDollars> {
  let total = 0;
  for (let at = 0; at < commands; at += 1) {
    // Each is asked twice, so that the second answer comes from the service's cache; some have to be mended.
    const question = Math.floor(at / 2);
    const model = models[question % models.length] ?? '';
    const scenario = question % 3 === 2 ? 'misfit-once' : 'default';
    const instruction = `Number ${String(question)} [[scenario:${scenario}]]`;
    const answer = await runStructuredPrompt(
      suggestNames,
      { items: [aContextItem()], symbol: clean('a'), instruction: clean(instruction) },
      {
        chat: window.chat,
        settings: { model, maxTokens: 400, responseCache: true },
        model: window.find(model),
        feature: 'switchboard.suggestNames',
        signal: new AbortController().signal,
      },
    );
    total += answer?.usage?.cost ?? 0;
  }
  return total;
}
