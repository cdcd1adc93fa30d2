import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AnswerDetailsView } from '../../protocol/chatView.ts';
import { Icon } from '../shared/Icon.tsx';
import { usePage } from '../shared/page.ts';
import { count, seconds } from '../shared/units.ts';

/** One of the facts about an answer. */
interface Fact {
  readonly words: string;
  /** What one wants to know first stands first, also where only one line is shown. */
  readonly leading?: 'model' | 'cost';
}

/**
 * What an answer was made of and what it cost: one quiet line with as much as fits, and the rest on demand. All of it
 * is there for assistive technology.
 */
export function AnswerDetails({
  details,
  messageId,
}: {
  readonly details: AnswerDetailsView;
  /** Absent where nothing can be done about the answer. */
  readonly messageId?: string;
}): JSX.Element {
  const [unfolded, setUnfolded] = useState(false);
  const hasMore = messageId !== undefined && (details.provider ?? details.cost) !== undefined;
  return (
    <div
      class={`answer-details${unfolded ? ' unfolded' : ''}${hasMore ? ' has-more' : ''}`}
      role="group"
      aria-label={t('Answer details')}
    >
      <div class="answer-facts">
        {factsOf(details).map(({ words, leading }) => (
          <span key={words} class={leading} title={leading === 'model' ? words : undefined}>
            {leading === 'model' ? <ModelId id={words} /> : words}
          </span>
        ))}
      </div>
      <button
        type="button"
        class="quiet"
        aria-expanded={unfolded}
        aria-label={t('All details')}
        title={t('All details')}
        onClick={() => {
          setUnfolded(!unfolded);
        }}
      >
        <Icon name={unfolded ? 'chevron-up' : 'chevron-down'} />
      </button>
      {unfolded && hasMore && <MoreDetails details={details} messageId={messageId} />}
    </div>
  );
}

/** Why this provider answered, and what one can do about it. */
function MoreDetails({
  details: { why = [], provider, cost },
  messageId,
}: {
  readonly details: AnswerDetailsView;
  readonly messageId: string;
}): JSX.Element {
  const { post } = usePage().host;
  return (
    <div class="answer-more">
      {why.length > 0 && (
        <p>
          <strong>{t('Why this provider?')}</strong> {why.join(' ')}
        </p>
      )}
      {provider !== undefined && (
        <button
          type="button"
          class="secondary"
          onClick={() => {
            post({ type: 'avoidProvider', messageId });
          }}
        >
          {t('Never use {0} again', provider)}
        </button>
      )}
      {cost !== undefined && (
        <button
          type="button"
          class="secondary"
          onClick={() => {
            post({ type: 'costElsewhere' });
          }}
        >
          {t('Cost on other models')}
        </button>
      )}
    </div>
  );
}

/** Where there is little room, one sees the name of the model only, without that of its maker. */
function ModelId({ id }: { readonly id: string }): JSX.Element {
  const nameAt = id.lastIndexOf('/') + 1;
  return (
    <>
      <span class="maker">{id.slice(0, nameAt)}</span>
      {id.slice(nameAt)}
    </>
  );
}

function factsOf(details: AnswerDetailsView): readonly Fact[] {
  const { model, provider, fromCache, cost, saved, ownKey, firstTokenMs, tokensPerSecond } = details;
  const { attempts = [], leftOut } = details;
  const others = [
    saved === undefined ? undefined : t('{0} saved by the prompt cache', saved),
    ownKey ? t('BYOK') : undefined,
    firstTokenMs === undefined ? undefined : t('first token after {0}', seconds(firstTokenMs)),
    tokensPerSecond === undefined ? undefined : t('{0} tokens/s', count(tokensPerSecond)),
    leftOut === undefined ? undefined : t('without the oldest messages ({0})', count(leftOut)),
    attempts.length === 0 ? undefined : t('failed first: {0}', attempts.join(', ')),
  ];
  return [
    { words: model, leading: 'model' },
    ...facts(fromCache ? t('cached answer') : undefined, provider, ...tokenWords(details)),
    ...facts(cost).map((fact) => ({ ...fact, leading: 'cost' as const })),
    ...facts(...others),
  ];
}

function facts(...words: readonly (string | undefined)[]): readonly Fact[] {
  return words.flatMap((each) => (each === undefined ? [] : [{ words: each }]));
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
