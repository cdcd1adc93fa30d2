import type { ResponseEvent } from './chatModel.ts';
import { CodeWatch } from './codeWatch.ts';
import {
  channelMarks,
  channelOpenings,
  closings,
  finalChannel,
  firstOf,
  heldBack,
  longestAt,
  mayBeAt,
  openings,
} from './thoughtMarks.ts';

/** What stands between two thoughts. */
const between = '\n\n';

type Take = (event: ResponseEvent) => void;

/** What is being read: a lone closing mark says that everything before it was thought. */
type State = 'start' | 'thought' | 'afterThought' | 'text' | 'afterClosing' | 'header' | 'channel' | 'plain';

/**
 * Tells thoughts that stand in the text of an answer from the answer, whatever pieces it comes in: those in tags such as
 * `<think>` at its beginning, those before a lone closing tag, and those in another channel than the final one. Tags in
 * code, or within a text that is about them, are text.
 */
export class ThoughtReader {
  #state: State = 'start';
  #rest = '';
  /** The thought's last white space; whatever follows decides whether it belongs to it. */
  #space = '';
  #isThinking = false;
  #hasThought = false;
  #hasText = false;
  readonly #code = new CodeWatch();

  /** Takes the next piece of the text. */
  read(piece: string, take: Take): void {
    this.#rest += piece;
    while (this.#step(take, false)) {
      // One mark after the other.
    }
  }

  /** Nothing more comes: what was held back is told. */
  end(take: Take): void {
    while (this.#step(take, true)) {
      // One mark after the other.
    }
  }

  /** Reads on as far as possible; returns whether the state changed. */
  #step(take: Take, isLast: boolean): boolean {
    switch (this.#state) {
      case 'start':
      case 'afterThought':
        return this.#begin(take, isLast);
      case 'thought':
        return this.#readThought(take, isLast);
      case 'text':
        return this.#readText(take, isLast);
      case 'afterClosing':
        return this.#readAfterClosing(take);
      case 'header':
        return this.#readHeader(isLast);
      case 'channel':
        return this.#readChannel(take, isLast);
      case 'plain':
        this.#tell(take, 'text', this.#takeRest());
        return false;
      default:
        return this.#state satisfies never;
    }
  }

  #begin(take: Take, isLast: boolean): boolean {
    const words = this.#rest.trimStart();
    const found = longestAt(words, [...openings, ...channelOpenings]);
    if (found !== undefined) {
      const isChannel = channelOpenings.includes(found);
      this.#rest = isChannel ? words : words.slice(found.length);
      return this.#go(isChannel ? 'header' : 'thought');
    }
    const lone = longestAt(words, closings);
    if (lone !== undefined) {
      // The thoughts before it came by another way.
      this.#rest = words.slice(lone.length);
      return this.#go('afterThought');
    }
    const mayBegin = words === '' || mayBeAt(words, [...openings, ...channelOpenings, ...closings]);
    if (mayBegin && !isLast) {
      return false;
    }
    if (this.#state === 'afterThought') {
      this.#rest = words;
      return this.#go('plain');
    }
    return this.#go('text');
  }

  #readThought(take: Take, isLast: boolean): boolean {
    const { at, mark } = firstOf(this.#rest, closings);
    if (mark !== undefined) {
      this.#tellThought(take, this.#rest.slice(0, at));
      this.#rest = this.#rest.slice(at + mark.length);
      this.#space = between;
      return this.#go('afterThought');
    }
    const held = isLast ? 0 : heldBack(this.#rest, closings);
    this.#tellThought(take, this.#takeRest(held));
    return false;
  }

  /** Text in which a lone closing mark may still come. */
  #readText(take: Take, isLast: boolean): boolean {
    const { at, mark = '' } = firstOf(this.#rest, [...closings, ...finalChannel]);
    if (mark === '') {
      const held = isLast ? 0 : heldBack(this.#rest, [...closings, ...finalChannel]);
      this.#tell(take, 'text', this.#takeRest(held));
      return false;
    }
    const after = this.#rest.slice(at + mark.length, at + mark.length + 1);
    if (after === '' && !isLast) {
      this.#tell(take, 'text', this.#takeRest(this.#rest.length - at));
      return false;
    }
    this.#tell(take, 'text', this.#takeRest(this.#rest.length - at));
    const ends = finalChannel.includes(mark) || !/[ \t.,;:!?)"'`\\}\]<]/.test(after);
    if (!ends || this.#code.isWithin || this.#code.namesTag) {
      this.#tell(take, 'text', this.#takeRest(this.#rest.length - mark.length));
      return true;
    }
    this.#rest = this.#rest.slice(mark.length);
    if (finalChannel.includes(mark)) {
      this.#tellAllThought(take);
      return this.#go('channel');
    }
    return this.#go('afterClosing');
  }

  /** Only if an answer follows, what came before were thoughts. */
  #readAfterClosing(take: Take): boolean {
    const words = this.#rest.trimStart();
    if (words === '') {
      return false;
    }
    this.#tellAllThought(take);
    this.#rest = words;
    return this.#go('plain');
  }

  #tellAllThought(take: Take): void {
    if (this.#hasText) {
      take({ type: 'thoughts' });
    }
  }

  /** Reads up to the mark that begins a channel's words. */
  #readHeader(isLast: boolean): boolean {
    const at = this.#rest.indexOf('<|message|>');
    if (at < 0) {
      this.#rest = isLast ? '' : this.#rest;
      return false;
    }
    const [, words = ''] = /^\s*(\w+)/.exec(lastAfter(this.#rest.slice(0, at), '<|channel|>')) ?? [];
    const channel = words === '' ? undefined : words;
    this.#isThinking = channel !== undefined && channel !== 'final';
    this.#rest = this.#rest.slice(at + '<|message|>'.length);
    return this.#go('channel');
  }

  #readChannel(take: Take, isLast: boolean): boolean {
    const { at, mark } = firstOf(this.#rest, channelMarks);
    const tell = (text: string): void => {
      if (this.#isThinking) {
        this.#tellThought(take, text);
      } else {
        this.#tell(take, 'text', text);
      }
    };
    if (mark === undefined) {
      tell(this.#takeRest(isLast ? 0 : heldBack(this.#rest, channelMarks)));
      return false;
    }
    tell(this.#rest.slice(0, at));
    this.#space = this.#hasThought ? between : '';
    const isHeader = channelOpenings.includes(mark);
    this.#rest = this.#rest.slice(isHeader ? at : at + mark.length);
    this.#isThinking = false;
    return this.#go(isHeader ? 'header' : 'channel');
  }

  #go(state: State): true {
    this.#state = state;
    return true;
  }

  #takeRest(held = 0): string {
    const text = this.#rest.slice(0, this.#rest.length - held);
    this.#rest = this.#rest.slice(text.length);
    return text;
  }

  /** White space around thoughts says nothing. */
  #tellThought(take: Take, text: string): void {
    const all = (this.#hasThought ? this.#space : '') + (this.#hasThought ? text : text.trimStart());
    const words = all.trimEnd();
    this.#space = all.slice(words.length);
    if (words !== '') {
      this.#hasThought = true;
      take({ type: 'reasoning', text: words });
    }
  }

  #tell(take: Take, type: 'text', text: string): void {
    if (text !== '') {
      this.#hasText ||= text.trim() !== '';
      this.#code.read(text);
      take({ type, text });
    }
  }
}

/**
 * The same events, with thoughts in the text as reasoning. What was held back is told before a failure. The client does
 * this; who asks any `ChatModel` for an answer to be read does it again, which changes nothing.
 */
export async function* withThoughtsApart(
  events: AsyncIterable<ResponseEvent>,
): AsyncGenerator<ResponseEvent> {
  const reader = new ThoughtReader();
  let told: ResponseEvent[] = [];
  const take: Take = (event) => told.push(event);
  const taken = (): readonly ResponseEvent[] => {
    const all = told;
    told = [];
    return all;
  };
  try {
    for await (const event of events) {
      if (event.type === 'text') {
        reader.read(event.text, take);
        yield* taken();
      } else {
        if (event.type === 'finish' || event.type === 'toolCalls') {
          reader.end(take);
          yield* taken();
        }
        yield event;
      }
    }
  } catch (error) {
    reader.end(take);
    yield* taken();
    throw error;
  }
  reader.end(take);
  yield* taken();
}

/** What follows the last such mark; nothing if there is none. */
function lastAfter(text: string, mark: string): string {
  const at = text.lastIndexOf(mark);
  return at < 0 ? '' : text.slice(at + mark.length);
}
