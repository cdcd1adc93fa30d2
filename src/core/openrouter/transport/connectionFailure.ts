import { RequestError, type RequestErrorKind } from '../../model/requestError.ts';

/** The words of systems and browsers for what can happen before a server answers, and what they mean. */
const meanings: readonly (readonly [words: RegExp, kind: RequestErrorKind])[] = [
  [/unexpected redirect/i, 'protocol'],
  [/\b407\b|PROXY|TUNNEL/i, 'proxy'],
  [/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME_MISMATCH/i, 'certificate'],
  [/ENOTFOUND|EAI_AGAIN|EAI_NODATA|NAME_NOT_RESOLVED/i, 'unknownHost'],
  [/ECONNREFUSED|CONNECTION_REFUSED/i, 'refused'],
];

/** The failure of a request that got no answer, or whose answer broke off, told by what the system says of it. */
export function connectionFailure(cause: unknown, kind: RequestErrorKind = 'network'): RequestError {
  const words = wordsOf(cause);
  const meaning = meanings.find(([pattern]) => words.some((each) => pattern.test(each)))?.[1];
  return new RequestError(meaning ?? kind, { detail: words.at(-1), cause });
}

/** What an error and those behind it say, the outermost first: codes where there are some, because they are shorter. */
function wordsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) {
    return [];
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // Several addresses were tried, and each has failed in its way.
  const tried: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const inner = wordsOf(error.cause ?? tried);
  const own = code === undefined || /^(UND_ERR|ABORT_ERR)/.test(code) ? error.message : code;
  return [own, ...inner].filter((each) => each !== '');
}
