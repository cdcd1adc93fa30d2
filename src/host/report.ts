import type { Failure } from '../core/conversation/message.ts';
import { withoutKeys } from '../core/model/apiKeyFormat.ts';
import type { RequestErrorKind } from '../core/model/requestError.ts';
import { RequestError } from '../core/model/requestError.ts';
import type { Remedy } from '../protocol/chatView.ts';

/** A failure as people read it: a sentence, the service's own words, and the ways on. */
export interface Report {
  readonly message: string;
  readonly detail?: string;
  readonly remedies: readonly Remedy[];
}

/** The buttons by their kind; the labels are part of the public surface. */
export const remedies = {
  setApiKey: { kind: 'setApiKey', label: 'Set API key' },
  addCredits: { kind: 'addCredits', label: 'Add credits' },
  privacySettings: { kind: 'privacySettings', label: 'Privacy settings' },
  switchModel: { kind: 'switchModel', label: 'Switch model' },
  openSettings: { kind: 'openSettings', label: 'Open settings' },
  tryAgain: { kind: 'tryAgain', label: 'Try again' },
  dismiss: { kind: 'dismiss', label: 'Dismiss' },
} as const satisfies { readonly [Kind in Remedy['kind']]: Remedy & { readonly kind: Kind } };

interface Words {
  readonly message: string;
  readonly remedies: readonly Remedy[];
}

const { setApiKey, addCredits, privacySettings, switchModel, openSettings, tryAgain } = remedies;

/** One row a kind. */
const words: Readonly<Record<RequestErrorKind, Words>> = {
  noKey: { message: 'There is no API key yet.', remedies: [setApiKey, tryAgain] },
  key: {
    message: 'The service does not accept the API key. It may have been revoked or mistyped.',
    remedies: [setApiKey, tryAgain],
  },
  managementKey: {
    message:
      'This is a management key: it administers an account and cannot ask models. Use an inference key.',
    remedies: [setApiKey],
  },
  noKeyRecord: {
    message: 'This server keeps no record of keys, so there is no credit to read. It is not OpenRouter.',
    remedies: [openSettings],
  },
  credit: {
    message: 'There is not enough credit for this request.',
    remedies: [addCredits, switchModel, tryAgain],
  },
  rateLimit: {
    message: 'Too many requests: the service asks for a pause.',
    remedies: [tryAgain, switchModel],
  },
  contextLength: {
    message: 'The conversation and its context are too long for this model.',
    remedies: [switchModel, tryAgain],
  },
  moderation: {
    message: 'The request was refused by content moderation.',
    remedies: [switchModel, tryAgain],
  },
  forbidden: {
    message: 'The account or the key does not permit this request.',
    remedies: [setApiKey, switchModel, tryAgain],
  },
  privacy: {
    message: "The account's privacy settings exclude every provider of this model.",
    remedies: [privacySettings, switchModel, tryAgain],
  },
  model: {
    message: 'No provider offers this model for this request.',
    remedies: [switchModel, tryAgain],
  },
  request: { message: 'The service refused the request.', remedies: [switchModel, tryAgain] },
  provider: { message: 'The provider of the model failed.', remedies: [tryAgain, switchModel] },
  network: {
    message: 'The server could not be reached, or the connection broke.',
    remedies: [tryAgain, openSettings],
  },
  timeout: { message: 'The server fell silent.', remedies: [tryAgain, switchModel] },
  truncated: { message: 'The answer broke off before its end.', remedies: [tryAgain, switchModel] },
  protocol: {
    message: 'The server did not answer as OpenRouter does. Is "switchboard.baseUrl" right?',
    remedies: [openSettings, tryAgain],
  },
  baseUrl: {
    message: 'The setting "switchboard.baseUrl" cannot be used, so nothing was sent.',
    remedies: [openSettings, tryAgain],
  },
  invalidAnswer: {
    message: 'The answer does not have the form that was asked for.',
    remedies: [tryAgain, switchModel],
  },
};

/** The words and the ways on for a failure. */
export function reportOf(failure: Failure | RequestError): Report {
  const known = words[failure.kind] as Words | undefined;
  const { message, remedies: ways } = known ?? words.request;
  const seconds = failure.retryAfter ?? 0;
  const wait =
    seconds === 0 ? '' : ` Try again in ${seconds === 1 ? 'a second' : `${String(seconds)} seconds`}.`;
  const detail = detailOf(failure);
  return { message: message + wait, remedies: ways, ...(detail === '' ? {} : { detail }) };
}

/** Any error as a `RequestError`'s report; one that is not ours is told with its own message. */
export function reportOfError(error: unknown): Report {
  if (error instanceof RequestError) {
    return reportOf(error);
  }
  const detail = withoutKeys(error instanceof Error ? error.message : String(error));
  return { message: 'Something went wrong inside Switchboard.', detail, remedies: [remedies.dismiss] };
}

/** What a person is told while the chat cannot be written to the disk. */
export function reportOfSaveFailure(error: unknown): Report {
  const { detail } = reportOfError(error);
  return {
    message: 'The chat could not be saved. It stays here, and saving is tried again with the next message.',
    remedies: [remedies.dismiss],
    ...(detail === undefined ? {} : { detail }),
  };
}

function detailOf({ status, detail }: Failure | RequestError): string {
  const facts = [status === undefined ? undefined : `HTTP ${String(status)}`, detail];
  return withoutKeys(facts.filter((each) => each !== undefined).join(': '));
}
