import { renderContextItem } from '../context/contextItem.ts';
import { formatCost } from '../money/money.ts';
import type { Conversation } from './conversation.ts';
import { totalUsage } from './generations.ts';
import { contextOf, mediaOf, reasoningOf, textOf, type AssistantMessage, type Message } from './message.ts';

/** A chat as a Markdown document, for people: what was asked, attached, thought and answered, and what it cost. */
export function chatToMarkdown({ title, createdAt, messages }: Conversation): string {
  const heading = [`# ${title === '' ? 'Chat' : title}`, `*${new Date(createdAt).toISOString()}*`];
  return `${[...heading, ...messages.flatMap(messageToMarkdown)].join('\n\n')}\n`;
}

function messageToMarkdown(message: Message): readonly string[] {
  if (message.role === 'user') {
    const media = mediaOf(message).map(({ name }) => `*Attached: ${name}*`);
    return ['## You', ...contextOf(message).map(renderContextItem), ...media, textOf(message)];
  }
  const reasoning = reasoningOf(message);
  const { sources = [] } = message.answer;
  return [
    '## Assistant',
    ...(reasoning === '' ? [] : [quoted(reasoning)]),
    ...(textOf(message) === '' ? [] : [textOf(message)]),
    ...(sources.length === 0 ? [] : [sources.map(({ url, title }) => `- [${title}](${url})`).join('\n')]),
    `*${facts(message)}*`,
  ];
}

function facts({ answer }: AssistantMessage): string {
  const { model, requestedModel, provider, outcome } = answer;
  const usage = totalUsage(answer);
  return [
    model ?? requestedModel,
    provider,
    usage && `${String(usage.promptTokens)} tokens in, ${String(usage.completionTokens)} out`,
    usage?.cost === undefined ? undefined : formatCost(usage.cost),
    outcome.state === 'done' ? undefined : outcome.state,
  ]
    .filter((fact) => fact !== undefined)
    .join(' · ');
}

function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
