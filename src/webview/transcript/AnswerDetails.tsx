import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { AnswerDetailsView } from '../../protocol/chatView.ts';
import { count, seconds } from '../shared/units.ts';

/** What an answer was made of and what it cost, in one quiet line. */
export function AnswerDetails({ details }: { readonly details: AnswerDetailsView }): JSX.Element {
  const { model, provider, cost, ownKey, firstTokenMs, tokensPerSecond, attempts = [] } = details;
  const facts: readonly (string | undefined)[] = [
    model,
    provider,
    ...tokenWords(details),
    cost,
    ownKey ? t('BYOK') : undefined,
    firstTokenMs === undefined ? undefined : t('first token after {0}', seconds(firstTokenMs)),
    tokensPerSecond === undefined ? undefined : t('{0} tokens/s', count(tokensPerSecond)),
    attempts.length === 0 ? undefined : t('failed first: {0}', attempts.join(', ')),
  ];
  return (
    <div class="answer-details" role="group" aria-label={t('Answer details')}>
      {facts.flatMap((fact) => (fact === undefined ? [] : [<span key={fact}>{fact}</span>]))}
    </div>
  );
}

function tokenWords({
  promptTokens,
  cachedTokens,
  completionTokens,
  reasoningTokens,
}: AnswerDetailsView): readonly (string | undefined)[] {
  return [
    promptTokens === undefined
      ? undefined
      : cachedTokens === undefined
        ? t('{0} input tokens', count(promptTokens))
        : t('{0} input tokens ({1} cached)', count(promptTokens), count(cachedTokens)),
    completionTokens === undefined
      ? undefined
      : reasoningTokens === undefined
        ? t('{0} output tokens', count(completionTokens))
        : t('{0} output tokens ({1} reasoning)', count(completionTokens), count(reasoningTokens)),
  ];
}
