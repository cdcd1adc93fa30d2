/** Careful looks into JSON of unknown shape: what is not as expected is simply absent. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object, when it is one. */
export function objectIn(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // An object of unknown keys is exactly what was just checked; the compiler cannot say it shorter.
      (value as JsonObject)
    : undefined;
}

/** The value as an array; anything else is an empty one. */
export function arrayIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of an array, in order. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  return arrayIn(value).flatMap((item) => {
    const object = objectIn(item);
    return object ? [object] : [];
  });
}

/** The texts of an array, in order. */
export function textsIn(value: unknown): readonly string[] {
  return arrayIn(value).filter((item) => typeof item === 'string');
}

/** The value as a string, when it is a non-empty one. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value as a finite number, when it is one. */
export function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The parsed text, or nothing when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an ordinary answer to the question that callers ask.
    return undefined;
  }
}
