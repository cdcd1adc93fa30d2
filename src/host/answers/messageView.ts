import { t } from '@vscode/l10n';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { countRedacted } from '../../core/context/redaction.ts';
import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import { originOf, totalUsage } from '../../core/conversation/generations.ts';
import {
  canContinue,
  contextOf,
  mediaOf,
  textOf,
  type Answer,
  type AssistantMessage,
  type FailedAttempt,
  type Message,
  type Usage,
} from '../../core/conversation/message.ts';
import type { MediaPart } from '../../core/conversation/part.ts';
import { formatCost, type PicoDollars } from '../../core/money/money.ts';
import type {
  AlertView,
  AnswerDetailsView,
  AnswerState,
  AssistantMessageView,
  AttachmentView,
  MessageView,
} from '../../protocol/chatView.ts';
import { toPartViews } from './partView.ts';
import { routingWords } from '../words/routingWords.ts';
import { remedies, reportOf, type KnownModels } from '../words/report.ts';

/** A message as the panel draws it. */
export function toMessageView(
  message: Message,
  models?: KnownModels,
  versions: readonly string[] = [],
  queued = false,
): MessageView {
  const shown = versions.length > 1 && {
    versions: { shown: versions.indexOf(message.id) + 1, count: versions.length },
  };
  if (message.role === 'user') {
    const media = mediaOf(message).map((part, at) => toMediaView(`${message.id}-${String(at)}`, part));
    const attachments = [...contextOf(message).map(toAttachmentView), ...media];
    return {
      role: 'user',
      id: message.id,
      text: textOf(message),
      attachments,
      ...(queued && { queued }),
      ...shown,
    };
  }
  return { ...toAnswerView(message, models), ...shown };
}

/** The messages of a transcript. */
export function toMessageViews(
  session: Pick<ChatSession, 'visible' | 'isQueued'>,
  models?: KnownModels,
): readonly MessageView[] {
  return session.visible.map(({ message, versions }) =>
    toMessageView(message, models, versions, session.isQueued(message.id)),
  );
}

/** An attached item without its text, which the panel doesn't need. */
export function toAttachmentView({ id, label, languageId, tokens, text, asIs }: ContextItem): AttachmentView {
  const redacted = countRedacted(text);
  return {
    id,
    label,
    languageId,
    tokens,
    ...(redacted > 0 && { redacted }),
    ...(asIs && { withSecrets: true }),
  };
}

/** An image, document, or audio file; with its size while it can still be removed. */
export function toMediaView(id: string, part: MediaPart, bytes?: number): AttachmentView {
  const size = bytes === undefined ? typeWords(part.type) : `${String(Math.ceil(bytes / 1_024))} KB`;
  return { id, label: part.name, languageId: part.type, size };
}

function typeWords(type: MediaPart['type']): string {
  switch (type) {
    case 'image':
      return t('image');
    case 'file':
      return t('file');
    case 'audio':
      return t('audio');
    default:
      return type satisfies never;
  }
}

function toAnswerView(message: AssistantMessage, models?: KnownModels): AssistantMessageView {
  const { answer } = message;
  const details = toDetails(message, models);
  const alert = toAlert(message, models);
  return {
    role: 'assistant',
    id: message.id,
    state: toState(message),
    parts: toPartViews(message),
    ...(answer.retryAt !== undefined && { retryAt: answer.retryAt }),
    ...(canContinue(message) && { canContinue: true }),
    ...(details && { details }),
    ...(alert && { alert }),
  };
}

function toState({ answer, parts }: AssistantMessage): AnswerState {
  const { state } = answer.outcome;
  if (state !== 'pending') {
    return state;
  }
  // The panel draws no result without its call.
  return parts.every(({ type }) => type === 'toolResult' || type === 'parsedFiles') ? 'waiting' : 'streaming';
}

function toAlert(message: AssistantMessage, models?: KnownModels): AlertView | undefined {
  const { id, answer } = message;
  const { outcome } = answer;
  const goOn = canContinue(message) ? [remedies.continue] : [];
  if (outcome.state === 'failed') {
    const report = reportOf(outcome.failure, models, answer.requestedModel);
    return { id, ...report, remedies: [...goOn, ...report.remedies] };
  }
  if (outcome.state === 'interrupted') {
    return {
      id,
      severity: 'warning',
      message: t('The editor closed before this answer finished. The partial answer was kept.'),
      remedies: [...goOn, remedies.tryAgain],
    };
  }
  return undefined;
}

/** What is known after the answer has ended: only what the service reported or the clock measured. */
function toDetails(message: AssistantMessage, models?: KnownModels): AnswerDetailsView | undefined {
  const { answer } = message;
  const { outcome, requestedModel, timing, generations } = answer;
  const { model, provider, routing } = originOf(answer);
  const why = routing ? routingWords(routing, provider) : [];
  const attempts = generations.flatMap((each) => each.attempts ?? []);
  const usage = totalUsage(answer);
  if (outcome.state === 'pending' || (usage === undefined && timing?.firstTokenMs === undefined)) {
    return undefined;
  }
  const saved = savedByCache(message, models);
  const speed = usage && timing && tokensPerSecond(usage.completionTokens, timing);
  return {
    model: model ?? requestedModel,
    ...(provider === undefined ? {} : { provider }),
    ...(generations.some(({ cached }) => cached === true) && { fromCache: true }),
    ...(usage && tokensOf(usage)),
    ...costOf(usage),
    ...(answer.askedWith?.leftOut !== undefined && { leftOut: answer.askedWith.leftOut }),
    ...(saved > 0 && { saved: `≈ ${formatCost(saved)}` }),
    ...(attempts.length > 0 && { attempts: attempts.map((attempt) => attemptWords(attempt, models)) }),
    ...(why.length > 0 && { why }),
    ...(timing?.firstTokenMs === undefined ? {} : { firstTokenMs: timing.firstTokenMs }),
    ...(speed === undefined ? {} : { tokensPerSecond: speed }),
  };
}

/** What reading parts of the prompt from the provider's cache saved, at list prices. */
function savedByCache({ answer, createdAt }: AssistantMessage, models?: KnownModels): PicoDollars {
  return answer.generations.reduce((sum, { model = answer.requestedModel, usage }) => {
    const { cachedTokens: cached = 0, promptTokens: prompt = 0 } = usage ?? {};
    return cached > 0 ? sum + (models?.saved?.(model, { prompt, cached }, createdAt) ?? 0) : sum;
  }, 0);
}

/** Until the cost is reported, there is an estimate or nothing. */
function costOf(usage: Usage | undefined): Pick<AnswerDetailsView, 'cost' | 'ownKey'> {
  const ownKey = usage?.ownKeyCost !== undefined && { ownKey: true };
  if (usage?.cost === undefined && usage?.unsound === true && usage.estimated === true) {
    return { cost: t('cost unknown: the server reported an impossible one'), ...ownKey };
  }
  if (usage?.cost === undefined) {
    return usage?.estimated === true ? { cost: t('cost not known yet') } : { ...ownKey };
  }
  return { cost: spentWords(usage.cost, usage), ...ownKey };
}

/** A sum of costs, marked while one of them is an estimate. */
export function spentWords(cost: PicoDollars, { estimated }: Pick<Usage, 'estimated'>): string {
  return `${estimated === true ? '≈ ' : ''}${formatCost(cost)}`;
}

function tokensOf({ promptTokens, completionTokens, cachedTokens, reasoningTokens }: Usage): TokenCounts {
  return {
    promptTokens,
    completionTokens,
    ...(cachedTokens !== undefined && { cachedTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
  };
}

type TokenCounts = Pick<
  AnswerDetailsView,
  'promptTokens' | 'completionTokens' | 'cachedTokens' | 'reasoningTokens'
>;

/** For example `Claude Sonnet 4.6 (Anthropic): 503`. */
function attemptWords({ model, provider, status }: FailedAttempt, models?: KnownModels): string {
  const name = models?.nameOf(model) ?? model;
  const asked = provider === undefined ? name : `${name} (${provider})`;
  return status === undefined ? asked : `${asked}: ${String(status)}`;
}

function tokensPerSecond(tokens: number, timing: NonNullable<Answer['timing']>): number | undefined {
  const seconds = (timing.endMs - (timing.firstTokenMs ?? timing.endMs)) / 1_000;
  return seconds > 0 && tokens > 0 ? Math.round(tokens / seconds) : undefined;
}
