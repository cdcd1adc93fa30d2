/** How comments begin and end, in most languages. */
const opening = /^(?:\{?\/\*+|\/\/+|<!--|#+|--+|\(\*|;+|%+|\*+|"""|'(?=\s)|REM\b)/i;
const ending = /(?:\*+\/\}?|-->|\*\)|""")$/;

/** What such a comment says besides its dots. */
const wordsOfRest =
  /\b(?:existing|rest|remain\w*|other|previous|same|unchanged|omitted|snip\w*|unmodified|original|code|lines?|imports?|methods?|functions?|fields?|properties|implementation|logic|content|before|above|as is|etc|keep|stays?)\b|省略|不变|既存|其余|そのまま|変更なし|기존|동일|생략/iu;

/** What stands for code even without dots. */
const plainRest = new RegExp(
  [
    /(?:keep |and )?(?:the )?(?:rest|remainder) of (?:the |your |this |that )?(?:\w+ )?(?:code|file|function|class|method|component|implementation|module|imports|script|document|tests?|body|logic)/,
    /(?:keep |and )?(?:the )?(?:rest|remainder)(?: of (?:\w+ ){1,4})?(?: ?(?:is |are |remains |stays )?(?:unchanged|the same|as before|as is|omitted))/,
    /(?:keep |your |the |all |previous |other |rest of (?:the )?)*existing (?:code|content|implementation|logic|imports?|methods?|functions?)(?: (?:here|above|below|unchanged|remains?|stays?|goes here|remains? unchanged))?/,
    /(?:(?:everything|all|code|the) )?(?:\w+ ){0,3}(?:remains?|stays?|is|are) (?:unchanged|the same|as before|as is)/,
    /(?:code |lines )?(?:omitted|snipped|unchanged)(?: (?:for brevity|here|code))?/,
    /no changes? (?:here|below|above|needed)|same as (?:before|above)|snip/,
  ]
    .map(({ source }) => `^(?:${source})[.:]?$`)
    .join('|'),
  'i',
);

/** Comments of this many words say something. */
const maxWords = 14;

/** Whether a line stands for code that an answer leaves out, such as `// ... existing code ...`. */
export function isElision(line: string): boolean {
  const trimmed = line.trim();
  if (trimmed.length > 120 || trimmed === '') {
    return false;
  }
  const isComment = opening.test(trimmed);
  const body = bodyOf(trimmed);
  if (!isComment) {
    // Without a blank it is a spread.
    return /^[[(<]?(?:\.{3,}|…)(?:\s.*\S)?$/.test(trimmed) && isRest(body);
  }
  if (trimmed.startsWith('*')) {
    // In a longer comment, dots are part of what it says.
    return /^(?:\.{3,}|…).*\w.*(?:\.{3,}|…)$/.test(body) && isRest(body);
  }
  return isRest(body) || plainRest.test(body);
}

/** Whether a line is only dots, which in Python are a statement, too. */
export function isBareElision(line: string): boolean {
  return /^\s*(?:\.{3}|…)\s*$/.test(line);
}

/** Whether a line is a comment, in most languages; directives that look like one aren't. */
export function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*(?:\s|\/|$)|<!--|\{\/\*|#(?:\s|#|$)|--\s|;;|%\s|"""|REM\s)/.test(line);
}

function bodyOf(trimmed: string): string {
  const body = trimmed.replace(opening, '').replace(ending, '').trim();
  return body
    .replace(/^[[(<{]\s*/, '')
    .replace(/\s*[\])>}]$/, '')
    .trim();
}

function isRest(body: string): boolean {
  if (/^(?:\.{3,}|…)$/.test(body)) {
    return true;
  }
  const [starts, ends] = [/^(?:\.{3,}|…)/.test(body), /(?:\.{3,}|…)$/.test(body)];
  if ((!starts && !ends) || body.split(/\s+/).length > maxWords) {
    return false;
  }
  return (starts && ends) || (wordsOfRest.test(body) && (starts || !/[({=]/.test(body)));
}
