import { t } from '@vscode/l10n';
import type { Failure } from '../../core/conversation/message.ts';
import { withoutKeys } from '../../core/util/apiKeyFormat.ts';
import { nameFromId } from '../../core/model/model.ts';
import { excludingFields, type Routing } from '../../core/model/routing.ts';
import { minMaxTokens } from '../../core/model/requestSettings.ts';
import type { RequestErrorKind } from '../../core/model/requestError.ts';
import { RequestError } from '../../core/model/requestError.ts';
import type { Remedy } from '../../protocol/remedies.ts';
import { StoreMovedError } from '../store/storeMoved.ts';

/** A failure as people read it: a sentence, the service's own words, and the ways on. */
export interface Report {
  /** Absent where something has failed. */
  readonly severity?: 'warning' | 'information';
  readonly message: string;
  readonly detail?: string;
  readonly remedies: readonly Remedy[];
}

/** The buttons by their kind; the English labels are part of the public surface. */
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
  readonly [Kind in Exclude<Remedy['kind'], 'useModel' | 'useFreeModel'>]: Remedy & { readonly kind: Kind };
};

interface Words {
  readonly message: string;
  readonly remedies: readonly Remedy[];
}

/** More buttons than this are no help. */
const maxAlternatives = 3;

/** One row a kind. */
const words = (): Readonly<Record<RequestErrorKind, Words>> => {
  const { signIn, setApiKey, addCredits, privacySettings, switchModel, openSettings, raiseLimit, tryAgain } =
    remedies;
  return {
    noKey: { message: t('There is no API key yet.'), remedies: [setApiKey, signIn, tryAgain] },
    key: {
      message: t('The API key was rejected. It may be revoked or mistyped.'),
      remedies: [setApiKey, signIn, tryAgain],
    },
    managementKey: {
      message: t("This is a management key, so it can't send requests to models. Use an inference key."),
      remedies: [setApiKey],
    },
    noKeyRecord: {
      message: t("This server isn't OpenRouter and keeps no record of keys, so there is no credit to show."),
      remedies: [openSettings],
    },
    credit: {
      message: t("You don't have enough credit for this request."),
      remedies: [addCredits, switchModel, tryAgain],
    },
    inFlight: {
      message: t('Your credit is reserved by requests that are still running.'),
      remedies: [tryAgain, addCredits],
    },
    freeDaily: {
      message: t("Today's free requests are used up."),
      remedies: [addCredits, switchModel, tryAgain],
    },
    rateLimit: {
      message: t("Too many requests: you've reached the rate limit."),
      remedies: [tryAgain, switchModel],
    },
    upstreamLimit: {
      message: t("The model's provider is limiting requests. Wait a moment, or try another model."),
      remedies: [tryAgain, switchModel],
    },
    contextLength: {
      message: t('The conversation and its context are too long for this model.'),
      remedies: [switchModel, tryAgain],
    },
    tooLarge: {
      message: t('The request is too large for the server. Remove an attachment, or start a new chat.'),
      remedies: [switchModel, tryAgain],
    },
    moderation: {
      message: t('Content moderation rejected the request.'),
      remedies: [switchModel, tryAgain],
    },
    contentFilter: {
      message: t("The provider's content filter stopped this answer."),
      remedies: [switchModel, tryAgain],
    },
    forbidden: {
      message: t("Your account or key doesn't allow this request."),
      remedies: [setApiKey, switchModel, tryAgain],
    },
    guardrail: {
      message: t('A guardrail on your key or OpenRouter workspace blocked this request.'),
      remedies: [switchModel, setApiKey, tryAgain],
    },
    budget: {
      message: t('A budget on your key or OpenRouter workspace is used up.'),
      remedies: [addCredits, setApiKey, tryAgain],
    },
    dayBudget: {
      message: t('Your daily budget is used up, so nothing was sent.'),
      remedies: [raiseLimit, tryAgain],
    },
    runBudget: {
      message: t(
        'This request could take the command over the cost you allowed or approved ' +
          '("switchboard.budget.perRequest"), so it wasn\'t sent.',
      ),
      remedies: [raiseLimit, tryAgain],
    },
    region: {
      message: t("This model isn't available in the region the request comes from or goes to."),
      remedies: [switchModel, openSettings, tryAgain],
    },
    noProvider: {
      message: t('No provider of this model meets the requirements of the request and your routing.'),
      remedies: [switchModel, openSettings, tryAgain],
    },
    privacy: {
      message: t("Your account's privacy settings exclude every provider of this model."),
      remedies: [privacySettings, switchModel, tryAgain],
    },
    model: {
      message: t('No provider can serve this request with this model.'),
      remedies: [switchModel, tryAgain],
    },
    request: { message: t('The service rejected the request.'), remedies: [switchModel, tryAgain] },
    provider: { message: t("The model's provider failed."), remedies: [tryAgain, switchModel] },
    network: {
      message: t("The server couldn't be reached, or the connection was lost."),
      remedies: [tryAgain, openSettings],
    },
    unknownHost: {
      message: t(
        'The server couldn\'t be found. Is this machine online, and is "switchboard.baseUrl" correct?',
      ),
      remedies: [tryAgain, openSettings],
    },
    refused: {
      message: t(
        "Nothing responds at the server's address. Is the server running, and is " +
          '"switchboard.baseUrl" correct?',
      ),
      remedies: [tryAgain, openSettings],
    },
    certificate: {
      message: t(
        "The server's certificate isn't trusted, so nothing was sent. Behind a company proxy, install " +
          'the proxy\'s certificate in the system ("http.systemCertificates").',
      ),
      remedies: [openSettings, tryAgain],
    },
    proxy: {
      message: t(
        'A proxy blocked the request. If it requires a password, VS Code asks for it or takes it from ' +
          'the address in "http.proxy".',
      ),
      remedies: [openSettings, tryAgain],
    },
    timeout: { message: t('The server stopped responding.'), remedies: [tryAgain, switchModel] },
    truncated: { message: t('The answer was cut off.'), remedies: [tryAgain, switchModel] },
    protocol: {
      message: t("The server's response isn't in OpenRouter's format. Is \"switchboard.baseUrl\" correct?"),
      remedies: [openSettings, tryAgain],
    },
    baseUrl: {
      message: t('The setting "switchboard.baseUrl" isn\'t valid, so nothing was sent.'),
      remedies: [openSettings, tryAgain],
    },
    routing: {
      message: t('The setting "switchboard.routing" isn\'t valid, so nothing was sent.'),
      remedies: [openSettings, tryAgain],
    },
    ledger: {
      message: t(
        "Switchboard can't record spending, so your daily budget can't be enforced, and nothing was sent.",
      ),
      remedies: [tryAgain, raiseLimit],
    },
    internal: { message: t('Something went wrong inside Switchboard.'), remedies: [tryAgain] },
    invalidAnswer: {
      message: t("The answer isn't in the requested format."),
      remedies: [tryAgain, switchModel],
    },
  };
};

/** What is known besides a failure that its ways on may name. */
export interface KnownModels {
  readonly nameOf: (id: string) => string;
  /** A model that costs nothing, if there is one. */
  readonly freeModel?: () => string | undefined;
  /** The models whose ids are most like this one's. */
  readonly nearest?: (id: string) => readonly string[];
  /** How providers are chosen at present. */
  readonly routing?: () => Routing;
}

const noModels: KnownModels = { nameOf: nameFromId };

/** The words and the ways on for a failure; `asked` is the model that it is about. */
export function reportOf(
  error: Failure | RequestError,
  models: KnownModels = noModels,
  asked?: string,
): Report {
  const failure = error instanceof RequestError ? { kind: error.kind, ...error.facts } : error;
  const all = words();
  const known = all[failure.kind] as Words | undefined;
  const { message, remedies: ways } = known ?? all.request;
  const detail = detailOf(failure);
  return {
    message: [message, reasonWords(failure), waitWords(failure)].filter(Boolean).join(' '),
    remedies: [...ways.slice(0, 1), ...specialWays(failure, models, asked), ...ways.slice(1)],
    ...(detail === '' ? {} : { detail }),
  };
}

/** The ways that only this failure has, by what the service said with it. */
function specialWays(failure: Failure, models: KnownModels, asked: string | undefined): readonly Remedy[] {
  const { kind, affordableTokens = 0, excludedBy = [] } = failure;
  const named = alternativesTo(failure, models, asked)
    .slice(0, maxAlternatives)
    .map((model): Remedy => ({ kind: 'useModel', label: t('Use {0}', models.nameOf(model)), model }));
  const free = kind === 'credit' || kind === 'inFlight' ? models.freeModel?.() : undefined;
  return [
    ...(affordableTokens >= minMaxTokens ? [remedies.lowerLength] : []),
    ...(excludingFields(models.routing?.() ?? {}, excludedBy).length > 0 ? [remedies.relaxRouting] : []),
    ...named,
    ...(free === undefined
      ? []
      : [{ kind: 'useFreeModel', label: t('Use a free model'), model: free } as const]),
  ];
}

/** What the service offers instead; where it offers nothing for a model that is not there, what has a similar name. */
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

/** What moderation found. */
function reasonWords({ reasons = [] }: Failure): string {
  return reasons.length === 0 ? '' : t('Flagged for: {0}.', reasons.join(', '));
}

function waitWords({ kind, retryAfter = 0, resetAt }: Failure): string {
  if (resetAt !== undefined) {
    const date = new Date(resetAt);
    return kind === 'budget'
      ? t('It renews on {0}.', date.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }))
      : t('Free requests reset at {0}.', date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  }
  return retryAfter === 0 ? '' : pauseWords(retryAfter);
}

/** A pause in the largest unit that fits it. */
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

/** Any error as a `RequestError`'s report; one that is not ours is told with its own message. */
export function reportOfError(error: unknown): Report {
  if (error instanceof RequestError) {
    return reportOf(error);
  }
  const detail = withoutKeys(error instanceof Error ? error.message : String(error));
  return { message: t('Something went wrong inside Switchboard.'), detail, remedies: [remedies.dismiss] };
}

/** What a person is told while the chat cannot be written to the disk. */
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
