/** Safe access to JSON of unknown shape: anything unexpected is absent. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value if it is an object. */
export function objectIn(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // This is exactly what was just checked; the compiler can't see it.
      (value as JsonObject)
    : undefined;
}

/** The value if it is an array, else an empty one. */
export function arrayIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An array's objects, in order. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  return arrayIn(value).flatMap((item) => {
    const object = objectIn(item);
    return object ? [object] : [];
  });
}

/** An array's strings, in order. */
export function textsIn(value: unknown): readonly string[] {
  return arrayIn(value).filter((item) => typeof item === 'string');
}

/** The value if it is a non-empty string. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value if it is a finite number. */
export function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The parsed text; absent if it isn't JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Callers expect that it may not be JSON.
    return undefined;
  }
}

/** Whether a value is nested deeper than anything we write. `JSON.stringify` fails where `JSON.parse` doesn't. */
export function isTooDeep(value: unknown, most = 100): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) {
      return true;
    }
    level = level.flatMap((each): readonly unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
  return false;
}
