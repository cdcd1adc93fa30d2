import { renderContextItem } from '../context/contextItem.ts';
import { formatCost } from '../money/money.ts';
import type { Conversation } from './conversation.ts';
import { originOf, totalUsage } from './generations.ts';
import { contextOf, mediaOf, textOf, type AssistantMessage, type Message } from './message.ts';
import type { AnswerPart } from './part.ts';

/** A chat as Markdown for people: questions, attachments, reasoning, answers, and cost. */
export function chatToMarkdown({ title, createdAt, messages }: Conversation): string {
  const heading = [`# ${title === '' ? 'Chat' : title}`, `*${new Date(createdAt).toISOString()}*`];
  return `${[...heading, ...messages.flatMap(messageToMarkdown)].join('\n\n')}\n`;
}

function messageToMarkdown(message: Message): readonly string[] {
  if (message.role === 'user') {
    const media = mediaOf(message).map(({ name }) => `*Attached: ${name}*`);
    return ['## You', ...contextOf(message).map(renderContextItem), ...media, textOf(message)];
  }
  return ['## Assistant', ...message.parts.flatMap(partToMarkdown), `*${facts(message)}*`];
}

function partToMarkdown(part: AnswerPart): readonly string[] {
  switch (part.type) {
    case 'text':
      return [part.text];
    case 'reasoning':
      return part.text === '' ? [] : [quoted(part.text)];
    case 'sources':
      return [part.sources.map(({ url, title }) => `- [${title}](${url})`).join('\n')];
    case 'toolCall':
      return [`**Tool call ${part.name}**`, fenced(part.arguments)];
    case 'toolResult':
      return [`**Tool result** (${part.state})`, fenced(part.text)];
    case 'parsedFiles':
    case 'generatedImage':
      // The data of one picture or document are longer than a whole chat.
      return [];
    default:
      return part satisfies never;
  }
}

function facts({ answer }: AssistantMessage): string {
  const { requestedModel, outcome } = answer;
  const { model, provider } = originOf(answer);
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

/** A fence that nothing in the text can end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
