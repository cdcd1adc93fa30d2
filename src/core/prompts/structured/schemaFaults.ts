import { encodePointer, type OutputUnit } from '@cfworker/json-schema';
import { arrayIn, objectIn, textsIn, type JsonObject } from '../../util/json.ts';
import { definitionIn } from './schemaReferences.ts';

/** More faults than this add nothing. */
const maxFaults = 10;
/** Of so many forms that are allowed it is said what is wrong with each. */
const maxForms = 5;
/** A schema that is longer is not written into a sentence. */
const maxQuotedLength = 200;

/** What was validated by what, and what it is called. */
export interface ValidationContext {
  readonly schema: JsonObject;
  readonly value: JsonObject;
  readonly subject: string;
}

/** These say that something is wrong below them, which is said there. */
const outer: ReadonlySet<string> = new Set([
  '$ref',
  'additionalItems',
  'additionalProperties',
  'allOf',
  'dependentSchemas',
  'if',
  'items',
  'patternProperties',
  'prefixItems',
  'properties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
/** What is wrong below these is no fault by itself. */
const choices: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'contains']);

/** What is wrong, a line for each fault, in words that the model can act on. */
export function faultsOf(errors: readonly OutputUnit[], context: ValidationContext): string {
  const lines = new Set<string>();
  for (const error of leavesOf(errors)) {
    for (const line of linesFor(error, errors, context)) {
      lines.add(line);
    }
    if (lines.size >= maxFaults) {
      break;
    }
  }
  return [...lines].slice(0, maxFaults).join('\n');
}

function linesFor(
  error: OutputUnit,
  errors: readonly OutputUnit[],
  context: ValidationContext,
): readonly string[] {
  const path = pathOf(error.instanceLocation);
  return error.keyword === 'required'
    ? missingAt(error, context).map((location) => `${pathOf(location)}: is missing`)
    : [`${path === '' ? context.subject : path}: ${wordsFor(error, errors, context)}`];
}

/** The locations of what is required and missing, where that is what is wrong. */
export function missingAt(
  { keyword, keywordLocation, instanceLocation }: OutputUnit,
  { schema, value }: Pick<ValidationContext, 'schema' | 'value'>,
): readonly string[] {
  const present = objectIn(valueAt(value, instanceLocation)) ?? {};
  return keyword !== 'required'
    ? []
    : textsIn(keywordAt(schema, keywordLocation))
        .filter((key) => !Object.hasOwn(present, key))
        .map((key) => `${instanceLocation}/${encodePointer(key)}`);
}

/** What stands at a location of an answer. */
export function valueAt(value: unknown, location: string): unknown {
  return segmentsOf(location).reduce(childOf, value);
}

/** What a schema says at a location: through its references, and past the limits that were put into it. */
function keywordAt(schema: JsonObject, location: string): unknown {
  const segments = segmentsOf(location);
  let node: unknown = schema;
  for (let at = 0; at < segments.length; at += 1) {
    const [segment = '', next = ''] = segments.slice(at, at + 2);
    const child = childOf(node, segment);
    if (segment === 'allOf' && childOf(child, next) === undefined) {
      // The limit is one more part, and what it limits stands in its `then`.
      at += 2;
    } else {
      node = segment === '$ref' && typeof child === 'string' ? definitionIn(schema, child) : child;
    }
  }
  return node;
}

function childOf(node: unknown, key: string): unknown {
  const object = objectIn(node);
  return object && Object.hasOwn(object, key) ? object[key] : arrayIn(node)[Number(key)];
}

function segmentsOf(location: string): readonly string[] {
  const segments = location.split('/').slice(1);
  return segments.map((each) => decodeURIComponent(each).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function pathOf(location: string): string {
  return segmentsOf(location).join('.');
}

/** The errors that say what is wrong, and not only that something is. */
function leavesOf(errors: readonly OutputUnit[]): readonly OutputUnit[] {
  const chosen = new Set(
    errors.filter(({ keyword }) => choices.has(keyword)).map(({ keywordLocation }) => keywordLocation),
  );
  const isBelow = (location: string): boolean =>
    [...chosen].some((choice) => location.startsWith(`${choice}/`));
  return errors.filter(({ keyword, keywordLocation }) => !outer.has(keyword) && !isBelow(keywordLocation));
}

function wordsFor(error: OutputUnit, errors: readonly OutputUnit[], context: ValidationContext): string {
  const limit = keywordAt(context.schema, error.keywordLocation);
  const subject = error.keywordLocation.includes('/propertyNames/') ? 'as a name, it ' : '';
  const words =
    error.keyword === 'anyOf' || error.keyword === 'oneOf'
      ? formWords(error, errors, context)
      : limitWords(error.keyword, limit);
  return subject + (words ?? error.error);
}

/** What a keyword with this value demands. */
function limitWords(keyword: string, limit: unknown): string | undefined {
  const words: Readonly<Record<string, string>> = {
    type: `must be of type ${[limit].flat().join(' or ')}`,
    enum: `must be one of ${arrayIn(limit)
      .map((each) => JSON.stringify(each))
      .join(', ')}`,
    const: `must be ${JSON.stringify(limit)}`,
    minimum: `must be at least ${String(limit)}`,
    maximum: `must be at most ${String(limit)}`,
    exclusiveMinimum: `must be more than ${String(limit)}`,
    exclusiveMaximum: `must be less than ${String(limit)}`,
    multipleOf: `must be a multiple of ${String(limit)}`,
    minLength: `must have at least ${String(limit)} characters`,
    maxLength: `must have at most ${String(limit)} characters`,
    pattern: `must match ${String(limit)}`,
    format:
      limit === 'regex' ? 'must be a valid regular expression' : `must have the format ${String(limit)}`,
    minItems: `must have at least ${String(limit)} items`,
    maxItems: `must have at most ${String(limit)} items`,
    uniqueItems: 'must not have duplicate items',
    minProperties: `must have at least ${String(limit)} properties`,
    maxProperties: `must have at most ${String(limit)} properties`,
    not: `must not match ${quoted(limit)}`,
    contains: `must have an item that matches ${quoted(limit)}`,
    false: 'is not a known property',
  };
  return Object.hasOwn(words, keyword) ? words[keyword] : undefined;
}

/** What keeps a value from having exactly one of several forms. */
function formWords(
  { keywordLocation, instanceLocation, keyword }: OutputUnit,
  errors: readonly OutputUnit[],
  context: ValidationContext,
): string {
  const forms = arrayIn(keywordAt(context.schema, keywordLocation)).map((_, index) =>
    errors.filter(
      (error) =>
        `${error.keywordLocation}/`.startsWith(`${keywordLocation}/${String(index)}/`) &&
        `${error.instanceLocation}/`.startsWith(`${instanceLocation}/`),
    ),
  );
  if (keyword === 'oneOf' && forms.some(({ length }) => length === 0)) {
    return 'must match exactly one of the allowed forms, but matches several';
  }
  const path = `${pathOf(instanceLocation)}: `;
  const faults = forms
    .slice(0, maxForms)
    .flatMap((form) => leavesOf(form).slice(0, 1))
    .flatMap((error) => linesFor(error, errors, context).slice(0, 1))
    .map((line) => (line.startsWith(path) ? line.slice(path.length) : line));
  return `matches none of the allowed forms (${faults.join(', or ').slice(0, maxQuotedLength)})`;
}

function quoted(schema: unknown): string {
  const text = schema === undefined ? '' : JSON.stringify(schema);
  return text.length > maxQuotedLength ? 'what the schema says' : text;
}
