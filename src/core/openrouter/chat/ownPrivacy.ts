import { RequestError } from '../../model/requestError.ts';
import { ownPrivacyReasons, type Routing } from '../../model/routing.ts';

/** The service says the same of an account's privacy settings and of a request's: the request tells which it is. */
export function withOwnPrivacy(error: RequestError, routing: Routing = {}): RequestError {
  const { excludedBy = [] } = error.facts;
  const own = error.kind === 'privacy' ? ownPrivacyReasons(routing, excludedBy) : [];
  return own.length === 0
    ? error
    : new RequestError('ownPrivacy', {
        ...error.facts,
        cause: error.cause,
        excludedBy: [...new Set([...excludedBy, ...own])],
      });
}
