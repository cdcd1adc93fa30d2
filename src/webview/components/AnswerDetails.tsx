import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { AnswerDetailsView } from '../../protocol/chatView.ts';
import { count, seconds } from '../units.ts';

/** What an answer was made of and what it cost, in one quiet line. */
export function AnswerDetails({ details }: { readonly details: AnswerDetailsView }): JSX.Element {
  const { model, provider, promptTokens, completionTokens, cost, firstTokenMs, tokensPerSecond } = details;
  const facts: readonly (string | undefined)[] = [
    model,
    provider,
    promptTokens === undefined ? undefined : t('{0} tokens in', count(promptTokens)),
    completionTokens === undefined ? undefined : t('{0} tokens out', count(completionTokens)),
    cost,
    firstTokenMs === undefined ? undefined : t('first token after {0}', seconds(firstTokenMs)),
    tokensPerSecond === undefined ? undefined : t('{0} tokens/s', count(tokensPerSecond)),
  ];
  return (
    <div class="answer-details" role="group" aria-label={t('Answer details')}>
      {facts.flatMap((fact) => (fact === undefined ? [] : [<span key={fact}>{fact}</span>]))}
    </div>
  );
}
