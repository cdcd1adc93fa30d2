import { t } from '@vscode/l10n';
import type { RequestErrorKind } from '../../core/model/requestError.ts';
import type { ModelRemedyKind, RemedyKind } from '../../protocol/remedies.ts';

/** What a failure is called, and what helps against any of its kind, the best first. */
export interface FailureWords {
  readonly message: string;
  readonly remedies: readonly Exclude<RemedyKind, ModelRemedyKind>[];
}

/** One row per kind. */
export const failureWords = (): Readonly<Record<RequestErrorKind, FailureWords>> => ({
  noKey: { message: t('There is no API key yet.'), remedies: ['setApiKey', 'signIn', 'tryAgain'] },
  key: {
    message: t('The API key was rejected. It may be revoked or mistyped.'),
    remedies: ['setApiKey', 'signIn', 'tryAgain'],
  },
  managementKey: {
    message: t("This is a management key, so it can't send requests to models. Use an inference key."),
    remedies: ['setApiKey'],
  },
  noKeyRecord: {
    message: t("This server isn't OpenRouter and keeps no record of keys, so there is no credit to show."),
    remedies: ['openSettings'],
  },
  credit: {
    message: t("You don't have enough credit for this request."),
    remedies: ['addCredits', 'switchModel', 'tryAgain'],
  },
  inFlight: {
    message: t('Your credit is reserved by requests that are still running.'),
    remedies: ['tryAgain', 'addCredits'],
  },
  freeDaily: {
    message: t("Today's free requests are used up."),
    remedies: ['addCredits', 'switchModel', 'tryAgain'],
  },
  rateLimit: {
    message: t("Too many requests: you've reached the rate limit."),
    remedies: ['tryAgain', 'switchModel'],
  },
  upstreamLimit: {
    message: t("The model's provider is limiting requests. Wait a moment, or try another model."),
    remedies: ['tryAgain', 'switchModel'],
  },
  contextLength: {
    message: t('The conversation and its context are too long for this model.'),
    remedies: ['switchModel', 'tryAgain'],
  },
  tooLarge: {
    message: t('The request is too large for the server. Remove an attachment, or start a new chat.'),
    remedies: ['switchModel', 'tryAgain'],
  },
  moderation: {
    message: t('Content moderation rejected the request.'),
    remedies: ['switchModel', 'tryAgain'],
  },
  contentFilter: {
    message: t("The provider's content filter stopped this answer."),
    remedies: ['switchModel', 'tryAgain'],
  },
  forbidden: {
    message: t("Your account or key doesn't allow this request."),
    remedies: ['setApiKey', 'switchModel', 'tryAgain'],
  },
  guardrail: {
    message: t('A guardrail on your key or OpenRouter workspace blocked this request.'),
    remedies: ['switchModel', 'setApiKey', 'tryAgain'],
  },
  budget: {
    message: t('A budget on your key or OpenRouter workspace is used up.'),
    remedies: ['addCredits', 'setApiKey', 'tryAgain'],
  },
  dayBudget: {
    message: t('Your daily budget is used up, so nothing was sent.'),
    remedies: ['raiseLimit', 'tryAgain'],
  },
  runBudget: {
    message: t(
      'This request could take the command over the cost you allowed or approved ("switchboard.budget.perRequest"), so it wasn\'t sent.',
    ),
    remedies: ['raiseLimit', 'tryAgain'],
  },
  region: {
    message: t("This model isn't available in the region the request comes from or goes to."),
    remedies: ['switchModel', 'openSettings', 'tryAgain'],
  },
  noProvider: {
    message: t('No provider of this model meets the requirements of the request and your routing.'),
    remedies: ['switchModel', 'openSettings', 'tryAgain'],
  },
  privacy: {
    message: t("Your account's privacy settings exclude every provider of this model."),
    remedies: ['privacySettings', 'switchModel', 'tryAgain'],
  },
  ownPrivacy: {
    message: t('No provider of this model meets the privacy rules of your routing.'),
    remedies: ['switchModel', 'openSettings', 'privacySettings', 'tryAgain'],
  },
  model: {
    message: t('No provider can serve this request with this model.'),
    remedies: ['switchModel', 'tryAgain'],
  },
  request: { message: t('The service rejected the request.'), remedies: ['switchModel', 'tryAgain'] },
  provider: { message: t("The model's provider failed."), remedies: ['tryAgain', 'switchModel'] },
  network: {
    message: t("The server couldn't be reached, or the connection was lost."),
    remedies: ['tryAgain', 'openSettings'],
  },
  unknownHost: {
    message: t(
      'The server couldn\'t be found. Is this machine online, and is "switchboard.baseUrl" correct?',
    ),
    remedies: ['tryAgain', 'openSettings'],
  },
  refused: {
    message: t(
      'Nothing responds at the server\'s address. Is the server running, and is "switchboard.baseUrl" correct?',
    ),
    remedies: ['tryAgain', 'openSettings'],
  },
  certificate: {
    message: t(
      "The server's certificate isn't trusted, so nothing was sent. Behind a company proxy, install the proxy's certificate in the system (\"http.systemCertificates\").",
    ),
    remedies: ['openSettings', 'tryAgain'],
  },
  proxy: {
    message: t(
      'A proxy blocked the request. If it requires a password, VS Code asks for it or takes it from the address in "http.proxy".',
    ),
    remedies: ['openSettings', 'tryAgain'],
  },
  timeout: { message: t('The server stopped responding.'), remedies: ['tryAgain', 'switchModel'] },
  truncated: { message: t('The answer was cut off.'), remedies: ['tryAgain', 'switchModel'] },
  protocol: {
    message: t("The server's response isn't in OpenRouter's format. Is \"switchboard.baseUrl\" correct?"),
    remedies: ['openSettings', 'tryAgain'],
  },
  page: {
    message: t(
      'A web page came instead of an answer. Something on the way answered, such as a proxy, a firewall, or the sign-in page of your network, or "switchboard.baseUrl" is wrong.',
    ),
    remedies: ['tryAgain', 'openSettings'],
  },
  baseUrl: {
    message: t('The setting "switchboard.baseUrl" isn\'t valid, so nothing was sent.'),
    remedies: ['openSettings', 'tryAgain'],
  },
  routing: {
    message: t('The setting "switchboard.routing" isn\'t valid, so nothing was sent.'),
    remedies: ['openSettings', 'tryAgain'],
  },
  ledger: {
    message: t(
      "Switchboard can't record spending, so your daily budget can't be enforced, and nothing was sent.",
    ),
    remedies: ['tryAgain', 'raiseLimit'],
  },
  spendingUnknown: {
    message: t(
      "Switchboard doesn't know what was spent today, because its records were damaged or can't be opened, so your daily budget can't be enforced, and nothing was sent. Requests are sent without a daily budget, or when the records are back.",
    ),
    remedies: ['raiseLimit', 'tryAgain'],
  },
  internal: { message: t('Something went wrong inside Switchboard.'), remedies: ['tryAgain'] },
  emptyAnswer: {
    message: t('The model sent an empty answer.'),
    remedies: ['tryAgain', 'switchModel'],
  },
  invalidAnswer: {
    message: t("The answer isn't in the requested format."),
    remedies: ['tryAgain', 'switchModel'],
  },
});
