/** What stands where a secret will be: a gap to fill in, a reference, or a word that says "none". */
const placeholder =
  /^(?:<[^<>]*>|\[[^[\]]*\]|\*+|x{3,}|\.{2,}|…|-+|_+|\?+|0+|[$%#]\{.*|\{\{.*|\{[\w.$ ]*\}|%[\w.]+%|%\(?\w*\)?[sd]|\$[A-Za-z_][\w.:]*|\$\(.*|\$[\d@*?]|@[\w.]+@|__\w+__|!\w+ .*|null|nil|none|undefined|true|false|yes|no|on|off|empty|n\/a|string|number|boolean|object|any|text|str|int|char|varchar|bytes?|redacted|hidden|masked|unset|default|dummy|test|foo|bar|baz|qux|abc|asdf|qwerty)$/i;

const fillIn =
  /(?:^|[^a-z])(?:your?|my|insert|enter|replace|change|fill|put|add|some|the|an?)[-_ .]?(?:own|me|this|here|it|secret|api|key|token|pass|strong|real|actual|super)|(?<![a-z0-9])example|placeholder|changeme|change-?it|todo|fixme|redacted|x{5,}|\*{3,}|\.{3}$|…$|(.)\1{7,}/i;

const plainWords =
  /^(?:(?:user|db|admin|root|test|secret|super|pass|password|passwd|pwd|token|key|api|access|client|name|hidden|value|word|my|your|the)[-_ ]?)+\d?$/i;

/** Whether a value stands for one that somebody has yet to fill in, or refers to it. */
export function isPlaceholder(value: string): boolean {
  return (
    placeholder.test(value.slice(0, 300)) ||
    fillIn.test(value.slice(0, 80)) ||
    plainWords.test(value.slice(0, 80))
  );
}

// The pairs of letters that most of the text in English and its neighbors is made of.
const commonPairs = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ' +
    'ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un ' +
    'lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ' +
    'ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo av ag if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu ' +
    'rn sc gi da yo cr cl du ga qu ue ff ba ey ls va um pp ua up lu go ht ru ug ds lt pi rc rr eg au ck ew mu br bi pt ' +
    'ak pu ui rg ib tl ny ki rk ys ob mm fu ph og ms ye ud mb ip ub oi rl gu dr hr cc tw ft wn nu af hu nn eo vo rv nf ' +
    'xp gn sm fl iz ok nl my gl aw ju oa eq sy sl ps jo lf nv je nk kn gs dy hy ze ks xt bs ik dd pt sk oy db ks zo rp ' +
    'uf eb az sw ym lp mn ax ix ox ux ok ek yp yt yn cy vy ky nm dm lm lr dl hl rb lb nb'
  ).split(' '),
);

/** Whether a run of letters of one case could be a word. */
function isWord(letters: string): boolean {
  if (letters.length < 3) {
    return false;
  }
  const lower = letters.toLowerCase();
  if (!/[aeiouy]/.test(lower) || /[bcdfghjklmnpqrstvwxz]{5}/.test(lower)) {
    return false;
  }
  let common = 0;
  for (let at = 0; at + 1 < lower.length; at++) {
    common += commonPairs.has(lower.slice(at, at + 2)) ? 1 : 0;
  }
  return common / (lower.length - 1) >= (lower.length < 5 ? 0.99 : 0.75);
}

/** How much of a value is words: 1 for `getAccessToken`, little for what a generator made. */
export function wordShare(value: string): number {
  const sample = value.slice(0, 200);
  const runs = sample.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  const total = runs.reduce((sum, run) => sum + run.length, 0);
  const words = runs.reduce((sum, run) => sum + (isWord(run) ? run.length : 0), 0);
  return total === 0 ? 0 : words / total;
}

/** The different characters of a value. */
export function distinct(value: string): number {
  return new Set(value.slice(0, 200)).size;
}

/** Whether a value looks as if a generator had made it: no words, many different characters. */
export function looksRandom(value: string, atLeast: number): boolean {
  const sample = value.slice(0, 200);
  return (
    sample.length >= atLeast &&
    distinct(sample) >= Math.min(10, Math.ceil(sample.length * 0.4)) &&
    wordShare(sample) < 0.6
  );
}
