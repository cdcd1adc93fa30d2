import { arrayIn, objectIn, objectsIn, parseJson, type JsonObject } from '../../util/json.ts';
import { answerObjects } from './answerObjects.ts';
import { targetOf } from './schemaReferences.ts';

/** Under these names, a printed call has its arguments. */
const argumentKeys = ['arguments', 'parameters', 'input', 'args', 'tool_input', 'params'] as const;

/** Wrappers in wrappers end here. */
const maxDepth = 4;

/**
 * The objects that a text may mean as an answer: the objects in it, what they wrap, such as the arguments of a call that
 * was printed, and arguments that are printed as tags.
 */
export function* meantObjects(text: string, isWhole: boolean): Generator<JsonObject> {
  const quoted = parseJson(text.trim());
  for (const object of answerObjects(typeof quoted === 'string' ? quoted : text, isWhole)) {
    yield object;
    yield* wrappedIn(object, maxDepth);
  }
  const tagged = argumentsInTags(text);
  if (tagged) {
    yield tagged;
  }
}

function* wrappedIn(object: JsonObject, depth: number): Generator<JsonObject> {
  if (depth === 0) {
    return;
  }
  const entries = Object.entries(object);
  const [only] = entries;
  const inner = [
    ...argumentKeys.map((key) => object[key]),
    object['function'],
    ...arrayIn(object['tool_calls']),
    ...arrayIn(object['tool_uses']),
    entries.length === 1 ? only?.[1] : undefined,
  ];
  for (const value of new Set(inner)) {
    const wrapped = objectIn(value) ?? (typeof value === 'string' ? objectIn(parseJson(value)) : undefined);
    if (wrapped) {
      yield wrapped;
      yield* wrappedIn(wrapped, depth - 1);
    }
  }
}

/** `<parameter name="a">…</parameter>` or `<parameter=a>…</parameter>`. */
function argumentsInTags(text: string): JsonObject | undefined {
  const tags = [
    ...text.matchAll(/<parameter(?: name="([^"<>]{1,80})"|=([^"<>]{1,80}))>([^]*?)<\/parameter>/g),
  ];
  const entries = tags.map(([, name, other, value = '']) => [
    name ?? other ?? '',
    value.replace(/^\n|\n$/g, ''),
  ]);
  return entries.length === 0 ? undefined : objectIn(Object.fromEntries(entries));
}

/**
 * A value with what only has another form than its schema says: numbers, truth values, and lists as text, texts as
 * numbers or lists of lines, and words of a list in another case. What is missing stays missing.
 */
export function fittedTo(value: unknown, schema: JsonObject, root: JsonObject = schema, depth = 20): unknown {
  const target = targetOf(root, schema);
  if (depth === 0) {
    return value;
  }
  const branches = [...objectsIn(target['anyOf']), ...objectsIn(target['oneOf'])];
  if (branches.length > 0) {
    const fitting = branches.map((branch) => fittedTo(value, branch, root, depth - 1));
    const own = branches.findIndex((branch) => isOfType(value, targetOf(root, branch)));
    const at =
      own >= 0
        ? own
        : branches.findIndex((branch, index) => isOfType(fitting[index], targetOf(root, branch)));
    return at < 0 ? value : fitting[at];
  }
  const fitted = isOfType(value, target) ? value : converted(value, typesOf(target));
  const listed = arrayIn(target['enum']);
  if (typeof fitted === 'string' && listed.length > 0 && !listed.includes(fitted)) {
    return (
      listed.find((each) => typeof each === 'string' && each.toLowerCase() === fitted.trim().toLowerCase()) ??
      fitted
    );
  }
  return withFittedParts(fitted, target, (part, of) => fittedTo(part, of, root, depth - 1));
}

function withFittedParts(
  value: unknown,
  schema: JsonObject,
  fit: (part: unknown, schema: JsonObject) => unknown,
): unknown {
  const items = objectIn(schema['items']);
  if (Array.isArray(value)) {
    return items ? value.map((each) => fit(each, items)) : value;
  }
  const [object, properties] = [objectIn(value), objectIn(schema['properties'])];
  if (!object || !properties) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(object).map(([key, part]) => {
      const of = Object.hasOwn(properties, key) ? objectIn(properties[key]) : undefined;
      return [key, of ? fit(part, of) : part];
    }),
  );
}

function converted(value: unknown, types: readonly string[]): unknown {
  for (const type of types) {
    const other = as(type, value);
    if (other !== undefined) {
      return other;
    }
  }
  return value;
}

function as(type: string, value: unknown): unknown {
  const text = typeof value === 'string' ? value.trim() : undefined;
  switch (type) {
    case 'integer':
      return text === undefined
        ? undefined
        : numberIn(/^(?:lines? *|L)?(\d{1,9})(?:\.0*|\s*[-–,:].*)?$/i.exec(text)?.[1]);
    case 'number':
      return text === undefined ? undefined : numberIn(/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.exec(text)?.[0]);
    case 'boolean':
      return text === undefined ? undefined : { true: true, false: false }[text.toLowerCase()];
    case 'string':
      return asText(value);
    case 'array':
      return text === undefined ? (objectIn(value) ? [value] : undefined) : listIn(text);
    case 'object':
      return text === undefined ? undefined : objectIn(parseJson(text));
    default:
      return undefined;
  }
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const isLines = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isLines ? value.join('\n') : undefined;
}

/** A list as JSON text, also one that is misspelled as answers are. */
function listIn(text: string): unknown {
  const parsed = parseJson(text);
  if (Array.isArray(parsed) || !text.startsWith('[')) {
    return Array.isArray(parsed) ? parsed : undefined;
  }
  const [wrapped] = answerObjects(`{"list":${text}}`);
  const list = wrapped?.['list'];
  return Array.isArray(list) ? list : undefined;
}

function numberIn(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function typesOf(schema: JsonObject): readonly string[] {
  const { type } = schema;
  return typeof type === 'string' ? [type] : arrayIn(type).filter((each) => typeof each === 'string');
}

function isOfType(value: unknown, schema: JsonObject): boolean {
  const types = typesOf(schema);
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return types.length === 0 || types.includes(type) || (types.includes('integer') && Number.isInteger(value));
}
