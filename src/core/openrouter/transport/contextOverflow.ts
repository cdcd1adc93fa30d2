/** The many ways to say that a prompt is longer than the model reads. */
const overflowWords: readonly RegExp[] = [
  /context[ _-]?(length|window|limit|size)|maximum context|exceeds? (the |its |this )?(model's )?context/i,
  /\b(prompt|inputs?|conversation|history) (is |are |was |were )?too (long|large|big)/i,
  /too many (input |prompt )?tokens/i,
  /exceed\w{0,3}\b.{0,60}\b(number of|maximum|max|model'?s?|input|prompt|allowed)\b.{0,20}\btokens?\b/i,
  /\btokens?\b.{0,60}\bexceed\w{0,3}\b.{0,60}\b(max\w*|limit|allowed)\b/i,
  /\btoken limit\b.{0,20}exceeded/i,
  /\b(prompt|input|sequence)( length| tokens?)?\b.{0,40}\b(exceeds?|longer than|exceeded)\b.{0,60}\b(max\w*|limit|allowed|model)/i,
  /maximum (prompt|input|sequence|model) length|max_model_len|max_seq_len|\b(n|num)_ctx\b/i,
  /(reduce|shorten) (the |your )?((length|size|number) of )?(the |your )?(prompt|messages?|input|conversation)\b/i,
  /tokens? \+ `?max_(new_)?tokens`? must be/i,
];

/** Pictures and files have limits of their own. */
const otherLimits = /\b(image|picture|file|document|audio|video|bytes?|mb|megabytes?|per minute|per day)\b/i;

/** Statuses that mean something else, whatever their words mention. */
const otherStatuses: readonly number[] = [401, 402, 403, 404, 407, 408, 429];

/** Whether a failure says that the prompt doesn't fit the model. */
export function isContextOverflow(status: number | undefined, words: string): boolean {
  return (
    (status === undefined || !otherStatuses.includes(status)) &&
    overflowWords.some((each) => each.test(words)) &&
    (/context/i.test(words) || !otherLimits.test(words))
  );
}
