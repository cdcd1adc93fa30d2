/** Answers as models write them, made up, of any length and always the same. */

const words =
  'the cart keeps its items in a map so that adding one twice changes only the quantity while prices stay in cents and a discount applies to the total before it is rounded'.split(
    ' ',
  );

/** About 20,000 characters, 5,000 tokens: headings, paragraphs, lists, tables, quotes and code. */
export function sampleAnswer(length = 20_000): string {
  const parts: string[] = [];
  let size = 0;
  for (let turn = 0; size < length; turn += 1) {
    const part = section(turn);
    parts.push(part);
    size += part.length;
  }
  return parts.join('').slice(0, length).trimEnd();
}

/** One list that never ends: the hardest open block for a reader that works by blocks. */
export function longList(length = 17_000): string {
  return grow(length, (turn) => `${turn + 1}. **Step ${turn}** ${sentence(turn)} and \`call(${turn})\`\n`);
}

/** One code fence of many lines. */
export function longFence(lines = 3_000): string {
  return `\`\`\`ts\n${Array.from({ length: lines }, (_, at) => `  const value${at} = compute(${at});`).join('\n')}\n\`\`\`\n`;
}

/** One line of words without an end, a million characters by default. */
export function longLine(length = 1_000_000): string {
  return words
    .join(' ')
    .concat(' ')
    .repeat(Math.ceil(length / 100))
    .slice(0, length);
}

/** One paragraph without an end. */
export function longParagraph(length = 17_000): string {
  return grow(
    length,
    (turn) => `${sentence(turn)} with **stress** and [a link](https://example.org/${turn}). `,
  );
}

function grow(length: number, part: (turn: number) => string): string {
  let text = '';
  for (let turn = 0; text.length < length; turn += 1) {
    text += part(turn);
  }
  return text;
}

function section(turn: number): string {
  return [
    `## Part ${turn + 1}\n\n`,
    `${sentence(turn)}. It is **important** that \`quantity\` is an _integer_, see [the note](https://example.org/${turn}).\n\n`,
    `- ${sentence(turn + 3)}\n- ${sentence(turn + 5)}\n  - nested ${sentence(turn + 1)}\n- [x] done\n\n`,
    `\`\`\`ts\n${code(turn)}\`\`\`\n\n`,
    `> ${sentence(turn + 7)}\n> ${sentence(turn + 2)}\n\n`,
    `| Name | Type | Note |\n|---|:-:|--:|\n${row(turn)}${row(turn + 1)}${row(turn + 2)}\n`,
    `1. ${sentence(turn + 4)}\n2. ${sentence(turn + 6)}\n\n   \`\`\`sh\n   npm test\n   \`\`\`\n3. ${sentence(turn)}\n\n`,
  ].join('');
}

function sentence(turn: number): string {
  return Array.from({ length: 8 + (turn % 9) }, (_, at) => words[(turn * 7 + at) % words.length]).join(' ');
}

function code(turn: number): string {
  return Array.from(
    { length: 4 + (turn % 12) },
    (_, at) => `  const item${at} = cart.find((each) => each.sku === '${turn}-${at}');\n`,
  ).join('');
}

function row(turn: number): string {
  return `| \`item${turn}\` | ${words[turn % words.length] ?? ''} | ${turn * 3} |\n`;
}
