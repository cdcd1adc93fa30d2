import { arrayIn, objectIn, textIn, type JsonObject } from '../../util/json.ts';

/** The `error` object of a response body, if any. */
export function errorObject(body: unknown): JsonObject | undefined {
  const whole = objectIn(body);
  const error = whole?.['error'];
  if (typeof error !== 'string' || error === '') {
    return objectIn(error);
  }
  // Beside a word that only names the error, some servers put the sentence and the code.
  const message = textIn(whole?.['message']);
  const code = whole?.['code'] ?? whole?.['status'];
  return {
    message: message === undefined || message === error ? error : `${error}: ${message}`,
    ...(code !== undefined && { code }),
  };
}

/** A failure that isn't in an envelope: an object that is the error itself, or that says something where an answer has its choices. */
export function bareError(body: JsonObject): JsonObject | undefined {
  const isError = body['object'] === 'error' || body['type'] === 'error';
  const speaks =
    textIn(body['message']) ??
    textIn(body['detail']) ??
    arrayIn(body['detail'])[0] ??
    arrayIn(body['errors'])[0];
  return isError || (speaks !== undefined && body['choices'] === undefined) ? body : undefined;
}
