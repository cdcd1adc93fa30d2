import { t } from '@vscode/l10n';
import type { RequestErrorKind } from '../../core/model/requestError.ts';
import type { ModelRemedyKind, RemedyKind } from '../../protocol/remedies.ts';

/** What a failure is called, and what helps against any of its kind, the best first. */
export interface FailureWords {
  readonly message: string;
  readonly remedies: readonly Exclude<RemedyKind, ModelRemedyKind>[];
}

/** One row a kind. */
export const failureWords = (): Readonly<Record<RequestErrorKind, FailureWords>> => ({
  noKey: { message: t('There is no API key yet.'), remedies: ['setApiKey', 'signIn', 'tryAgain'] },
  key: {
    message: t('The service does not accept the API key. It may have been revoked or mistyped.'),
    remedies: ['setApiKey', 'signIn', 'tryAgain'],
  },
  managementKey: {
    message: t(
      'This is a management key: it administers an account and cannot ask models. Use an inference key.',
    ),
    remedies: ['setApiKey'],
  },
  noKeyRecord: {
    message: t('This server keeps no record of keys, so there is no credit to read. It is not OpenRouter.'),
    remedies: ['openSettings'],
  },
  credit: {
    message: t('There is not enough credit for this request.'),
    remedies: ['addCredits', 'switchModel', 'tryAgain'],
  },
  inFlight: {
    message: t('The credit is tied up in requests that are still on their way.'),
    remedies: ['tryAgain', 'addCredits'],
  },
  freeDaily: {
    message: t('The free requests of the day are used up.'),
    remedies: ['addCredits', 'switchModel', 'tryAgain'],
  },
  rateLimit: {
    message: t('Too many requests: the service asks for a pause.'),
    remedies: ['tryAgain', 'switchModel'],
  },
  upstreamLimit: {
    message: t('The provider of the model limits requests at the moment. Another model or a pause helps.'),
    remedies: ['tryAgain', 'switchModel'],
  },
  contextLength: {
    message: t('The conversation and its context are too long for this model.'),
    remedies: ['switchModel', 'tryAgain'],
  },
  tooLarge: {
    message: t(
      'The request is larger than the server takes. Remove something that is attached, or begin a new chat.',
    ),
    remedies: ['switchModel', 'tryAgain'],
  },
  moderation: {
    message: t('The request was refused by content moderation.'),
    remedies: ['switchModel', 'tryAgain'],
  },
  contentFilter: {
    message: t("The provider's content filter ended this answer."),
    remedies: ['switchModel', 'tryAgain'],
  },
  forbidden: {
    message: t('The account or the key does not permit this request.'),
    remedies: ['setApiKey', 'switchModel', 'tryAgain'],
  },
  guardrail: {
    message: t('A guardrail of the key or the workspace does not let this request pass.'),
    remedies: ['switchModel', 'setApiKey', 'tryAgain'],
  },
  budget: {
    message: t('A budget of the key or the workspace is spent.'),
    remedies: ['addCredits', 'setApiKey', 'tryAgain'],
  },
  dayBudget: {
    message: t('The budget that you have set for a day is spent, so nothing was sent.'),
    remedies: ['raiseLimit', 'tryAgain'],
  },
  runBudget: {
    message: t(
      'The requests of one command together may cost no more than you allow for one or have agreed to, and this one ' +
        'could have gone beyond that ("switchboard.budget.perRequest"), so it was not sent.',
    ),
    remedies: ['raiseLimit', 'tryAgain'],
  },
  region: {
    message: t('This model is not offered in the region that the request comes from or goes to.'),
    remedies: ['switchModel', 'openSettings', 'tryAgain'],
  },
  noProvider: {
    message: t('No provider of this model meets what the request and the routing ask for.'),
    remedies: ['switchModel', 'openSettings', 'tryAgain'],
  },
  privacy: {
    message: t("The account's privacy settings exclude every provider of this model."),
    remedies: ['privacySettings', 'switchModel', 'tryAgain'],
  },
  model: {
    message: t('No provider offers this model for this request.'),
    remedies: ['switchModel', 'tryAgain'],
  },
  request: { message: t('The service refused the request.'), remedies: ['switchModel', 'tryAgain'] },
  provider: { message: t('The provider of the model failed.'), remedies: ['tryAgain', 'switchModel'] },
  network: {
    message: t('The server could not be reached, or the connection broke.'),
    remedies: ['tryAgain', 'openSettings'],
  },
  unknownHost: {
    message: t('The server cannot be found. Is this machine online, and "switchboard.baseUrl" right?'),
    remedies: ['tryAgain', 'openSettings'],
  },
  refused: {
    message: t(
      'Nothing answers at the address of the server. Does it run, and is "switchboard.baseUrl" right?',
    ),
    remedies: ['tryAgain', 'openSettings'],
  },
  certificate: {
    message: t(
      "The server's certificate is not trusted here, so nothing was sent. Behind a company's proxy, its certificate " +
        'must be installed in the system ("http.systemCertificates").',
    ),
    remedies: ['openSettings', 'tryAgain'],
  },
  proxy: {
    message: t(
      'The proxy on the way did not let the request pass. If it wants a password, VS Code asks for it, or takes it ' +
        'from the address in "http.proxy".',
    ),
    remedies: ['openSettings', 'tryAgain'],
  },
  timeout: { message: t('The server fell silent.'), remedies: ['tryAgain', 'switchModel'] },
  truncated: { message: t('The answer broke off before its end.'), remedies: ['tryAgain', 'switchModel'] },
  protocol: {
    message: t('The server did not answer as OpenRouter does. Is "switchboard.baseUrl" right?'),
    remedies: ['openSettings', 'tryAgain'],
  },
  baseUrl: {
    message: t('The setting "switchboard.baseUrl" cannot be used, so nothing was sent.'),
    remedies: ['openSettings', 'tryAgain'],
  },
  routing: {
    message: t('The setting "switchboard.routing" cannot be used, so nothing was sent.'),
    remedies: ['openSettings', 'tryAgain'],
  },
  ledger: {
    message: t(
      'What you spend cannot be written down here, so the budget that you have set for a day cannot be kept, and ' +
        'nothing was sent.',
    ),
    remedies: ['tryAgain', 'raiseLimit'],
  },
  internal: { message: t('Something went wrong inside Switchboard.'), remedies: ['tryAgain'] },
  invalidAnswer: {
    message: t('The answer does not have the form that was asked for.'),
    remedies: ['tryAgain', 'switchModel'],
  },
});
