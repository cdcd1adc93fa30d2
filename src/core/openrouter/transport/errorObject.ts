import { objectIn, type JsonObject } from '../../util/json.ts';

/** The `error` object of a response body, if any. */
export function errorObject(body: unknown): JsonObject | undefined {
  const error = objectIn(body)?.['error'];
  return typeof error === 'string' ? { message: error } : objectIn(error);
}
