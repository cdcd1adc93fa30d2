import type { CodeReading, Declaration, MessageReading } from './codeReading.ts';

/** Ends every made-up answer, so that nobody takes it for a model's. */
const simulatedNote =
  '*This is a simulated answer: it was made from the text that was sent, and no model has read it.*';

/** A useful-looking Markdown answer that names what the code really declares. */
export function answerAbout(reading: MessageReading): string {
  const { code, question } = reading;
  const parts = code ? aboutCode(code) : withoutCode();
  const asked = question === '' ? [] : [`> ${question}`];
  return [...asked, ...parts, simulatedNote].join('\n\n');
}

/** A thought to go before such an answer. */
export function reasoningAbout(reading: MessageReading): string {
  const { code } = reading;
  if (!code)
    return 'No code was sent with this message. I will answer the question itself and say what could be sent along.';
  const names = code.declarations.slice(0, 3).map((declaration) => declaration.name);
  const subject = names.length > 0 ? `It declares ${names.join(', ')}.` : 'It declares nothing by name.';
  return `The message brings ${countOf(code.lines.length, 'line')} of ${code.language}. ${subject} I will say what each part does, quote the beginning, and stop there.`;
}

function aboutCode(code: CodeReading): readonly string[] {
  return [
    summaryOf(code),
    ...declarationList(code),
    ...behaviorList(code),
    `The part begins like this:\n\n${quoteOf(code)}`,
  ];
}

function summaryOf(code: CodeReading): string {
  const place = code.path === undefined ? 'The selection' : `\`${code.path}\``;
  const last = code.firstLine + code.lines.length - 1;
  const range = code.firstLine === 1 ? '' : ` (lines ${String(code.firstLine)}–${String(last)})`;
  const [first, second] = code.declarations;
  const center = first
    ? ` It is about **\`${first.name}\`**${second ? ` and **\`${second.name}\`**` : ''}.`
    : '';
  return `${place}${range} has ${countOf(code.lines.length, 'line')} of ${code.language}.${center}`;
}

function declarationList(code: CodeReading): readonly string[] {
  if (code.declarations.length === 0) return [];
  const shown = code.declarations.slice(0, 8).map((declaration) => `- ${describe(declaration)}`);
  const rest = code.declarations.length - shown.length;
  const more = rest > 0 ? [`- and ${countOf(rest, 'more declaration')}`] : [];
  return [`### What it declares\n\n${[...shown, ...more].join('\n')}`];
}

function describe(declaration: Declaration): string {
  return `\`${declaration.name}\` – a ${declaration.kind} on line ${String(declaration.line)}`;
}

function behaviorList(code: CodeReading): readonly string[] {
  const { branches, loops, awaits, throws, returns } = code.counts;
  const remarks = [
    code.imports.length > 0 ? `It relies on ${code.imports.map((name) => `\`${name}\``).join(', ')}.` : '',
    branches > 0 ? `It decides in ${countOf(branches, 'place')}; each of them deserves a test.` : '',
    loops > 0 ? `It repeats work in ${countOf(loops, 'loop')}, so its time grows with the input.` : '',
    awaits > 0 ? `It waits for something in ${countOf(awaits, 'place')}, and each wait can fail.` : '',
    throws > 0 ? `It raises an error in ${countOf(throws, 'place')}.` : '',
    returns > 1 ? `It returns from ${countOf(returns, 'place')}.` : '',
  ].filter((remark) => remark !== '');
  if (remarks.length === 0) return [];
  return [
    `### What to notice\n\n${remarks.map((remark, index) => `${String(index + 1)}. ${remark}`).join('\n')}`,
  ];
}

/** A few lines as they stand, fenced longer than any fence inside them. */
function quoteOf(code: CodeReading): string {
  const shown = code.lines.slice(0, 6).join('\n');
  const longest = Math.max(2, ...(shown.match(/`{3,}/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${code.language === 'plaintext' ? '' : code.language}\n${shown}\n${marks}`;
}

function withoutCode(): readonly string[] {
  return [
    'No code came with this message, so there is nothing to read. With a selection, the answer names what it declares:',
    '1. Select a few lines in an editor.\n2. Run **Ask About Selection** from the palette.\n3. Type a question and press Enter.',
    'A short example of what can be asked about:\n\n```typescript\nexport function total(prices: readonly number[]): number {\n  return prices.reduce((sum, price) => sum + price, 0);\n}\n```',
  ];
}

function countOf(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
