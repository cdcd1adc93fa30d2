import type { JSX } from 'preact';
import type { AnswerDetailsView } from '../../protocol/chatView.ts';
import { count, seconds } from '../units.ts';

/** What an answer was made of and what it cost, in one quiet line. */
export function AnswerDetails({ details }: { readonly details: AnswerDetailsView }): JSX.Element {
  const { model, provider, promptTokens, completionTokens, cost, firstTokenMs, tokensPerSecond } = details;
  const facts: readonly (string | undefined)[] = [
    model,
    provider,
    promptTokens === undefined ? undefined : `${count(promptTokens)} tokens in`,
    completionTokens === undefined ? undefined : `${count(completionTokens)} tokens out`,
    cost,
    firstTokenMs === undefined ? undefined : `first token after ${seconds(firstTokenMs)}`,
    tokensPerSecond === undefined ? undefined : `${count(tokensPerSecond)} tokens/s`,
  ];
  return (
    <div class="answer-details" role="group" aria-label="Answer details">
      {facts.flatMap((fact) => (fact === undefined ? [] : [<span key={fact}>{fact}</span>]))}
    </div>
  );
}
