import { RequestError, type RequestErrorKind } from '../../model/requestError.ts';

/** System and browser messages for failures before a server responds, and their meaning. */
const meanings: readonly (readonly [words: RegExp, kind: RequestErrorKind])[] = [
  [/unexpected redirect/i, 'protocol'],
  [/\b(headers|body) timeout/i, 'timeout'],
  [/\b407\b|PROXY|TUNNEL/i, 'proxy'],
  [/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME_MISMATCH/i, 'certificate'],
  [/ENOTFOUND|EAI_AGAIN|EAI_NODATA|NAME_NOT_RESOLVED/i, 'unknownHost'],
  [/ECONNREFUSED|CONNECTION_REFUSED/i, 'refused'],
];

/** The failure of a request without a response or with a broken one, by the system's message. */
export function connectionFailure(cause: unknown, kind: RequestErrorKind = 'network'): RequestError {
  const words = wordsOf(cause);
  const meaning = meanings.find(([pattern]) => words.some((each) => pattern.test(each)))?.[1];
  return new RequestError(meaning ?? kind, { detail: words.at(-1), cause });
}

/** The messages of an error and its causes, outermost first; codes where available. */
function wordsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) {
    return [];
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // Several addresses were tried, and each failed.
  const tried: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const inner = wordsOf(error.cause ?? tried);
  const own = code === undefined || /^(UND_ERR|ABORT_ERR)/.test(code) ? error.message : code;
  return [own, ...inner].filter((each) => each !== '');
}
