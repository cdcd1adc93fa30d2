import {
  encodePointer,
  schemaArrayKeyword,
  schemaKeyword,
  schemaMapKeyword,
  validate,
  type OutputUnit,
  type Schema,
  type SchemaDraft,
} from '@cfworker/json-schema';
import { arrayIn, objectIn, textIn, type JsonObject } from '../../util/json.ts';
import { faultsOf, missingAt, valueAt } from './schemaFaults.ts';
import { definitionIn } from './schemaReferences.ts';
import type { ValidationResult } from './answerValidator.ts';

/** A schema or an answer that is nested deeper is taken for one without an end. */
const maxDepth = 64;
/** Following so many references is enough for any answer of an honest size. */
const maxReferences = 20_000;

/** Patterns are tested on texts up to this length, because some take very long to fail. */
const maxMatchedLength = 1_000;
/** The same for patterns that repeat a group, which can take exponential time. */
const maxGroupMatchedLength = 20;
/** Whether items are unique is asked of lists up to this length: each item is compared with each. */
const maxComparedItems = 500;

/** What names a schema to other documents. */
const names: ReadonlySet<string> = new Set(['$schema', '$id', 'id', '$anchor', '$recursiveAnchor']);

/** Validates objects against a JSON Schema, in a time that neither the schema nor the object can draw out. */
export class SchemaValidator {
  readonly #schema: JsonObject;
  /** The same schema, with limits to the length of what its slow keywords are tried on. */
  readonly #bounded: JsonObject;
  readonly #subject: string;
  /** Only the first drafts have a flag for exclusive bounds. */
  readonly #draft: SchemaDraft;

  /** Throws a `SchemaError` where a reference leads nowhere. */
  constructor(schema: JsonObject, subject = 'the answer') {
    this.#schema = schema;
    this.#bounded = objectIn(bounded(schema, { root: schema, whenTooLong: true })) ?? {};
    this.#subject = subject;
    this.#draft = /draft-0[34]/.test(textIn(schema['$schema']) ?? '') ? '4' : '2020-12';
  }

  /** The object, without the `null`s that stand for what may be missing, or what is wrong with it. */
  validate(object: JsonObject): ValidationResult<JsonObject> {
    const tooLarge = { fault: `${this.#subject}: is too large or nested too deeply` };
    if (isDeeperThan(object, maxDepth)) {
      return tooLarge;
    }
    try {
      const errors = this.#errorsIn(object);
      const value = this.#withoutNulls(object, errors);
      const left = value === object ? errors : this.#errorsIn(value);
      const context = { schema: this.#schema, value, subject: this.#subject };
      return left.length === 0 ? { value } : { fault: faultsOf(left, context) };
    } catch (error) {
      // References or errors without end, or a name that ends in half a character.
      if (error instanceof RangeError || error instanceof URIError) {
        return tooLarge;
      }
      throw error;
    }
  }

  /** Strict output has `null` for a property that may be missing. One that is required stays, and is a fault. */
  #withoutNulls(object: JsonObject, errors: readonly OutputUnit[]): JsonObject {
    const nulls = new Set(
      errors.filter((error) => isNullProperty(object, error)).map((error) => error.instanceLocation),
    );
    if (nulls.size === 0) {
      return object;
    }
    const value = without(object, nulls);
    const missed = this.#errorsIn(value).flatMap((error) =>
      missingAt(error, { schema: this.#schema, value }),
    );
    return without(object, new Set([...nulls].filter((location) => !missed.includes(location))));
  }

  #errorsIn(object: JsonObject): readonly OutputUnit[] {
    let references = 0;
    const definitions = new Proxy<Record<string, Schema | boolean>>(
      {},
      {
        get: (_, ref) => {
          references += 1;
          if (references > maxReferences) {
            throw new RangeError('Too many references.');
          }
          const definition = definitionIn(this.#bounded, String(ref));
          return typeof definition === 'boolean' ? definition : objectIn(definition);
        },
      },
    );
    return validate(object, this.#bounded, this.#draft, definitions, false).errors;
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (levels === 0 || Object.values(value).some((each) => isDeeperThan(each, levels - 1)))
  );
}

/** Whether what is wrong is a property that is `null`. */
function isNullProperty(object: JsonObject, { instanceLocation, keywordLocation }: OutputUnit): boolean {
  const name = instanceLocation.slice(instanceLocation.lastIndexOf('/') + 1);
  return keywordLocation.includes(`/properties/${name}/`) && valueAt(object, instanceLocation) === null;
}

function without(object: JsonObject, locations: ReadonlySet<string>): JsonObject {
  const kept = (value: unknown, location: string): unknown => {
    if (Array.isArray(value)) {
      return arrayIn(value).map((each, index) => kept(each, `${location}/${String(index)}`));
    }
    const properties = objectIn(value);
    if (!properties) {
      return value;
    }
    const entries = Object.entries(properties).flatMap(([key, each]) => {
      const at = `${location}/${encodePointer(key)}`;
      return locations.has(at) ? [] : [[key, kept(each, at)] as const];
    });
    return Object.fromEntries(entries);
  };
  return objectIn(kept(object, '#')) ?? {};
}

interface Bounds {
  readonly root: JsonObject;
  /** What is said of values that are too long to be looked at: that they fit; below a `not`, that they do not. */
  readonly whenTooLong: boolean;
}

/** The same schema, where a slow keyword stands in the `then` of a limit to what it is tried on. */
function bounded(schema: unknown, bounds: Bounds): unknown {
  const object = objectIn(schema);
  if (!object) {
    return schema;
  }
  const ref = textIn(object['$ref']);
  if (ref !== undefined) {
    definitionIn(bounds.root, ref);
  }
  const kept = Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => !names.has(key))
      .map(([key, value]) => [key, boundedKeyword(key, value, bounds)]),
  );
  const slow = slowKeywords(kept);
  const guards = slow.map(([keywords, limit]) => ({
    if: limit,
    then: Object.fromEntries(Object.entries(kept).filter(([key]) => keywords.includes(key))),
    else: bounds.whenTooLong,
  }));
  const guarded = slow.flatMap(([keywords]) => keywords);
  const rest = Object.fromEntries(Object.entries(kept).filter(([key]) => !guarded.includes(key)));
  return guards.length === 0 ? kept : { ...rest, allOf: [...arrayIn(rest['allOf']), ...guards] };
}

function boundedKeyword(key: string, value: unknown, bounds: Bounds): unknown {
  if (Object.hasOwn(schemaArrayKeyword, key) && Array.isArray(value)) {
    return arrayIn(value).map((each) => bounded(each, bounds));
  }
  if (Object.hasOwn(schemaMapKeyword, key) || key === 'dependencies') {
    const schemas = Object.entries(objectIn(value) ?? {});
    return Object.fromEntries(schemas.map(([name, each]) => [name, bounded(each, bounds)]));
  }
  const whenTooLong = key === 'not' ? !bounds.whenTooLong : bounds.whenTooLong;
  return Object.hasOwn(schemaKeyword, key) ? bounded(value, { ...bounds, whenTooLong }) : value;
}

/** The keywords of a schema that may take long, with the limit to what each is tried on. */
function slowKeywords(schema: JsonObject): readonly (readonly [readonly string[], JsonObject])[] {
  const patterns = Object.keys(objectIn(schema['patternProperties']) ?? {});
  const slow: readonly (readonly [readonly [string, ...string[]], JsonObject])[] = [
    [['pattern'], { maxLength: longestFor(schema['pattern']) }],
    [['format'], { maxLength: longestFor(schema['format']) }],
    [['uniqueItems'], { maxItems: maxComparedItems }],
    [
      // Which properties are additional depends on the others.
      ['patternProperties', 'properties', 'additionalProperties'],
      { propertyNames: { maxLength: Math.min(...patterns.map(longestFor), maxMatchedLength) } },
    ],
  ];
  return slow.filter(([[first]]) => first in schema);
}

/** How long a text may be for a pattern or a format. That of a URL has such a pattern behind it. */
function longestFor(pattern: unknown): number {
  return pattern === 'url' || /\)[*+{]/.test(String(pattern)) ? maxGroupMatchedLength : maxMatchedLength;
}
