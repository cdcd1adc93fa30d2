import { t } from '@vscode/l10n';
import type { Failure } from '../../core/conversation/message.ts';
import { withoutKeys } from '../../core/util/withoutKeys.ts';
import { nameFromId } from '../../core/model/model.ts';
import { excludingRules, type Routing, type RoutingRule } from '../../core/model/routing.ts';
import { minMaxTokens } from '../../core/model/requestValues.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { PicoDollars } from '../../core/money/money.ts';
import type { ModelRemedyKind, Remedy, RemedyKind } from '../../protocol/remedies.ts';
import { formatClock, formatTime } from '../platform/formats.ts';
import { StoreMovedError } from '../store/storeMoved.ts';
import { rulesInWords } from './routingRules.ts';
import { failureWords, type FailureWords } from './failureWords.ts';

/** A failure for people: a sentence, the service's own words, and remedies. */
export interface Report {
  /** Absent for errors. */
  readonly severity?: 'warning' | 'information';
  readonly message: string;
  readonly detail?: string;
  readonly remedies: readonly Remedy[];
}

/** The buttons by kind; their English labels are part of the public surface. */
export const remedies = {
  get signIn() {
    return { kind: 'signIn', label: t('Sign in') } as const;
  },
  get setApiKey() {
    return { kind: 'setApiKey', label: t('Set API key') } as const;
  },
  get addCredits() {
    return { kind: 'addCredits', label: t('Add credits') } as const;
  },
  get privacySettings() {
    return { kind: 'privacySettings', label: t('Privacy settings') } as const;
  },
  get switchModel() {
    return { kind: 'switchModel', label: t('Switch model') } as const;
  },
  get openSettings() {
    return { kind: 'openSettings', label: t('Open settings') } as const;
  },
  get raiseLimit() {
    return { kind: 'raiseLimit', label: t('Raise Limit') } as const;
  },
  get serviceStatus() {
    return { kind: 'serviceStatus', label: t('Service status') } as const;
  },
  get lowerLength() {
    return { kind: 'lowerLength', label: t('Lower answer length') } as const;
  },
  get continue() {
    return { kind: 'continue', label: t('Continue') } as const;
  },
  get relaxRouting() {
    return { kind: 'relaxRouting', label: t('Relax routing') } as const;
  },
  get tryAgain() {
    return { kind: 'tryAgain', label: t('Try again') } as const;
  },
  get dismiss() {
    return { kind: 'dismiss', label: t('Dismiss') } as const;
  },
} satisfies {
  readonly [Kind in Exclude<RemedyKind, ModelRemedyKind>]: Remedy & { readonly kind: Kind };
};

/** More buttons than this don't help. */
const maxAlternatives = 3;

/** What remedies may need besides the failure. */
export interface KnownModels {
  readonly nameOf: (id: string) => string;
  /** A free model, if any. */
  readonly freeModel?: () => string | undefined;
  /** The models most similar to this id. */
  readonly nearest?: (id: string) => readonly string[];
  /** Whether OpenRouter answers, as far as known. */
  readonly isOpenRouter?: () => boolean;
  /** The current routing of a model. */
  readonly routing?: (model: string | undefined) => Routing;
  /** What the provider's cache saved a prompt at a time, at list prices; absent if they aren't known. */
  readonly saved?: (
    model: string,
    tokens: { readonly prompt: number; readonly cached: number },
    at: number,
  ) => PicoDollars | undefined;
}

const noModels: KnownModels = { nameOf: nameFromId };

/** A failure's message and remedies; `asked` is the model it is about. */
export function reportOf(
  error: Failure | RequestError,
  models: KnownModels = noModels,
  asked?: string,
): Report {
  const failure = error instanceof RequestError ? { kind: error.kind, ...error.facts } : error;
  const all = failureWords();
  // A chat on the disk may name a kind that a later version knows.
  const known = all[failure.kind] as FailureWords | undefined;
  const { message, remedies: kinds } = known ?? all.request;
  const ways = kinds.map((kind) => remedies[kind]);
  const detail = detailOf(failure);
  const excluding = excludingRules(models.routing?.(asked) ?? {}, failure.excludedBy ?? []);
  return {
    message: [message, reasonWords(failure), waitWords(failure), relaxingWords(excluding)]
      .filter(Boolean)
      .join(' '),
    remedies: [
      ...ways.slice(0, 1),
      ...specialWays(failure, models, { asked, excluding }),
      ...ways.slice(1),
      ...statusWay(failure, models),
    ],
    ...(detail === '' ? {} : { detail }),
  };
}

/** The page that says whether the service is down, where it may be. */
function statusWay({ kind, status = 0 }: Failure, { isOpenRouter }: KnownModels): readonly Remedy[] {
  const mayBeDown = status >= 500 || kind === 'timeout' || kind === 'network';
  return mayBeDown && isOpenRouter?.() === true ? [remedies.serviceStatus] : [];
}

/** Remedies specific to this failure, from what the service said. */
function specialWays(
  failure: Failure,
  models: KnownModels,
  { asked, excluding }: { readonly asked: string | undefined; readonly excluding: readonly RoutingRule[] },
): readonly Remedy[] {
  const { kind, affordableTokens = 0 } = failure;
  const named = alternativesTo(failure, models, asked)
    .slice(0, maxAlternatives)
    .map((model): Remedy => ({ kind: 'useModel', label: t('Use {0}', models.nameOf(model)), model }));
  const free = kind === 'credit' || kind === 'inFlight' ? models.freeModel?.() : undefined;
  return [
    ...(affordableTokens >= minMaxTokens ? [remedies.lowerLength] : []),
    ...(excluding.length > 0 ? [remedies.relaxRouting] : []),
    ...named,
    ...(free === undefined
      ? []
      : [{ kind: 'useFreeModel', label: t('Use a free model'), model: free } as const]),
  ];
}

/** The service's alternatives; for an unknown model without any, similar names. */
function alternativesTo(
  { kind, alternatives = [] }: Failure,
  models: KnownModels,
  asked: string | undefined,
): readonly string[] {
  if (alternatives.length > 0 || kind !== 'model' || asked === undefined) {
    return alternatives;
  }
  return models.nearest?.(asked) ?? [];
}

/** Names each rule that "Relax routing" goes without. */
function relaxingWords(rules: readonly RoutingRule[]): string {
  return rules.length === 0 ? '' : t('"Relax routing" asks once without: {0}.', rulesInWords(rules));
}

/** What moderation flagged. */
function reasonWords({ reasons = [], flaggedInput }: Failure): string {
  return [
    reasons.length === 0 ? '' : t('Flagged for: {0}.', reasons.join(', ')),
    flaggedInput === undefined ? '' : t('The flagged text: "{0}".', flaggedInput),
  ]
    .filter(Boolean)
    .join(' ');
}

function waitWords({ kind, retryAfter = 0, resetAt }: Failure): string {
  if (resetAt !== undefined) {
    return kind === 'budget'
      ? t('It renews on {0}.', formatTime(resetAt, { dateStyle: 'medium', timeStyle: 'short' }))
      : kind === 'freeDaily'
        ? t('They reset at {0}.', formatClock(resetAt))
        : t('The limit resets at {0}.', formatClock(resetAt));
  }
  return retryAfter === 0 ? '' : pauseWords(retryAfter);
}

/** A delay in the largest suitable unit. */
function pauseWords(seconds: number): string {
  if (seconds <= 1) {
    return t('Try again in a second.');
  }
  if (seconds < 120) {
    return t('Try again in {0} seconds.', Math.ceil(seconds));
  }
  return seconds < 7_200
    ? t('Try again in {0} minutes.', Math.ceil(seconds / 60))
    : t('Try again in {0} hours.', Math.ceil(seconds / 3_600));
}

/** A report for any error; errors that aren't ours use their own message. */
export function reportOfError(error: unknown): Report {
  if (error instanceof RequestError) {
    return reportOf(error);
  }
  const detail = withoutKeys(error instanceof Error ? error.message : String(error));
  return { message: t('Something went wrong inside Switchboard.'), detail, remedies: [remedies.dismiss] };
}

/** The report while chats can't be written to disk. */
export function reportOfSaveFailure(error: unknown): Report {
  const { detail } = reportOfError(error);
  if (error instanceof StoreMovedError) {
    return {
      message: t(
        "Your chat database was moved or deleted while in use. This chat stays open but isn't saved: " +
          'put the file back, or export the chat and reload the window.',
      ),
      remedies: [remedies.dismiss],
    };
  }
  return {
    message: t(
      "The chat couldn't be saved. It stays open, and Switchboard tries again with the next message.",
    ),
    remedies: [remedies.dismiss],
    ...(detail === undefined ? {} : { detail }),
  };
}

function detailOf({ status, detail }: Failure): string {
  const facts = [status === undefined ? undefined : `HTTP ${String(status)}`, detail];
  return withoutKeys(facts.filter((each) => each !== undefined).join(': '));
}
