import { objectIn } from '../../util/json.ts';
import { LineReader } from './eventLines.ts';
import { jsonValuesIn } from './looseJson.ts';

/** What only keeps a connection alive, though it comes as data. */
const signsOfLife =
  /^(?::.*|(?:openrouter )?processing|ping|pong|keep[- _]?alive|heart[- _]?beat)[\s.!…]*$/is;

const fields = ['data:', 'event:', 'id:', 'retry:'];

/** More words than this aren't kept. */
const maxStray = 20_000;

/**
 * Reads an event stream as leniently as it is written in the wild: comments and nothing as data, several values in one
 * event, values without `data:`, events without the empty line between them. Words in the place of a value tell of a
 * failure: they come as `{ error }`.
 */
export class EventReader {
  readonly #lines = new LineReader();
  #name = '';
  #data: string[] = [];
  /** Lines that belong to no event. */
  #stray = '';
  #done = false;

  /** Whether the stream said that it is complete. */
  get done(): boolean {
    return this.#done;
  }

  /** The values that these bytes complete. */
  *read(bytes: Uint8Array): Generator {
    for (const line of this.#lines.read(bytes)) {
      yield* this.#readLine(line);
    }
  }

  /** What there is when the bytes are over. An event that was cut off is none. */
  *end(): Generator {
    const rest = this.#lines.rest();
    if (!fields.some((field) => field.startsWith(rest))) {
      yield* this.#readLine(rest);
    }
    if (isCutOff(this.#data.join('\n'))) {
      this.#data = this.#data.filter((line) => jsonValuesIn(line) !== undefined);
    }
    yield* this.#event();
    const stray = this.#stray.trim();
    if (stray !== '' && !this.#done && !isCutOff(stray)) {
      yield* this.#valuesIn(stray);
    }
  }

  *#readLine(line: string): Generator {
    if (this.#done) {
      return;
    }
    if (line === '') {
      yield* this.#event();
      return;
    }
    const [found, field, value = ''] = /^(?:(data|event|id|retry)(?::|$)|:) ?(.*)$/s.exec(line) ?? [];
    if (found === undefined) {
      yield* this.#strayLine(line);
    } else if (field === 'data') {
      this.#data.push(value);
    } else if (field === 'event') {
      this.#name = value.trim();
    }
  }

  /** A line of JSON, as servers write that know no events; else words that may tell of a failure. */
  *#strayLine(line: string): Generator {
    const values = /^\s*[[{]/.test(line) && this.#stray === '' ? jsonValuesIn(line) : undefined;
    if (values || isEndMark(line)) {
      yield* this.#valuesIn(line);
    } else if (this.#stray.length < maxStray) {
      this.#stray += `${line.slice(0, maxStray)}\n`;
    }
  }

  *#event(): Generator {
    const [data, name] = [this.#data, this.#name];
    this.#data = [];
    this.#name = '';
    if (data.length === 0) {
      return;
    }
    const whole = data.join('\n');
    if (data.length === 1 || jsonValuesIn(whole)) {
      yield* this.#valuesIn(whole, name);
      return;
    }
    for (const line of data) {
      yield* this.#valuesIn(line, name);
    }
  }

  *#valuesIn(given: string, name = ''): Generator {
    const text = given.replace(/^(?:\s*data:)+/, '').trim();
    if (this.#done || text === '' || signsOfLife.test(text)) {
      return;
    }
    if (isEndMark(text)) {
      this.#done = true;
      return;
    }
    const values = jsonValuesIn(text);
    if (!values && /^[[{]/.test(text)) {
      throw new SyntaxError('Malformed JSON in an event stream.');
    }
    for (const value of (values ?? [text]).flat()) {
      yield* asChunk(value, name);
    }
  }
}

/** An object as it is, words as a failure, and nothing of what says nothing. */
function* asChunk(value: unknown, name: string): Generator {
  const object = objectIn(value);
  const isFailure = name === 'error' && (object !== undefined || typeof value === 'string');
  if (isFailure && object?.['error'] === undefined) {
    yield { error: value };
  } else if (object) {
    yield object;
  } else if (typeof value === 'string' && value.trim() !== '' && !signsOfLife.test(value.trim())) {
    yield { error: value };
  }
}

function isEndMark(text: string): boolean {
  return /^\s*"?\[done\]"?\s*$/i.test(text);
}

/** The beginning of a value whose end never came. */
function isCutOff(text: string): boolean {
  const value = text.replace(/^(?:\s*data:)+/, '').trim();
  return /^["[{]/.test(value) && !isEndMark(value) && jsonValuesIn(value) === undefined;
}
