/** A text as it reads without what wraps it, and where its characters stand in the original. */
export interface View {
  readonly text: string;
  /** The place in the original of the character at a place, also of the end. */
  readonly placeOf: (at: number) => number;
}

/** What `\n` and its kin stand for. */
function unescaped(escape: string): string {
  const sign = escape.charAt(1);
  const code = /^(?:u[\da-f]{4}|x[\da-f]{2})$/i.test(escape.slice(1)) ? parseInt(escape.slice(2), 16) : NaN;
  return Number.isNaN(code) ? ({ n: '\n', r: '\r', t: '\t' }[sign] ?? sign) : String.fromCharCode(code);
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&quot;', '"'],
  ['&#34;', '"'],
  ['&#39;', "'"],
  ['&apos;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
]);

/** What stands before each line of a diff, a comment, a quotation, or a listing. */
const lead = /^[ \t]{0,40}(?:\d{1,6}[ \t]{0,3}[|:][ \t]?|(?:[+\->#*;|]|\/\/|--)(?![-+*>=/#])[ \t]?)/gm;

/** Strings in strings may be escaped so many times. */
const maxEscapes = 2;

/** How else a text reads: a string that holds it, HTML, the comments or the diff that it stands in. */
export function* viewsOf(text: string): Generator<View> {
  let view: View = { text, placeOf: (at) => at };
  for (let count = 0; count < maxEscapes && /\\["'nu]/.test(view.text); count += 1) {
    view = within(view, replaced(view.text, /\\(?:[nrt"'/\\]|u[\da-f]{4}|x[\da-f]{2})/gi, unescaped));
    yield view;
  }
  if (/&(?:quot|#3[49]|apos|lt|gt|amp);/.test(text)) {
    yield replaced(text, /&(?:quot|#3[49]|apos|lt|gt|amp);/g, (entity) => entities.get(entity));
  }
}

/** The text without what stands before its lines; absent if nothing does. */
export function withoutLeads(text: string): View | undefined {
  const view = replaced(text, lead, () => '');
  return view.text === text ? undefined : view;
}

function within(outer: View, inner: View): View {
  return { text: inner.text, placeOf: (at) => outer.placeOf(inner.placeOf(at)) };
}

/** A text with other pieces in the place of some, and the way back. */
function replaced(text: string, pattern: RegExp, by: (piece: string) => string | undefined): View {
  /** Where each kept run begins in the result, and in the original. */
  const [now, then] = [[0], [0]];
  const pieces: string[] = [];
  let [last, length] = [0, 0];
  for (const { index, 0: piece } of text.matchAll(pattern)) {
    const other = by(piece) ?? piece;
    pieces.push(text.slice(last, index), other);
    length += index - last;
    // The other piece stands where the piece did; what follows it, behind that.
    now.push(length, length + other.length);
    then.push(index, index + piece.length);
    length += other.length;
    last = index + piece.length;
  }
  pieces.push(text.slice(last));
  return { text: pieces.join(''), placeOf: (at) => placeIn(now, then, at) };
}

function placeIn(now: readonly number[], then: readonly number[], at: number): number {
  let [low, high] = [0, now.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((now[middle] ?? 0) <= at) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return (then[low] ?? 0) + at - (now[low] ?? 0);
}
