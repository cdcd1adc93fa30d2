import { piecesOf } from './tokens.ts';

/** Markdown of every kind that an answer has, so that a renderer cannot cheat. */
function section(number: number): string {
  const n = String(number);
  return [
    `## Section ${n}: a part with *emphasis*, **weight** and \`code\``,
    `A paragraph about value${n} that is long enough to wrap in a narrow panel; it links to [the documentation](https://example.com/${n}) and says naïve things, 日本語 and 🎉 included.`,
    `- first point of section ${n}\n- second point with \`identifier${n}\`\n  - a nested point\n- third point`,
    '```typescript\nexport function step' +
      n +
      '(input: readonly string[]): Map<string, number> {\n  const counts = new Map<string, number>();\n  for (const word of input) {\n    counts.set(word, (counts.get(word) ?? 0) + 1);\n  }\n  return counts;\n}\n```',
    `| name | value | unit |\n| --- | ---: | :---: |\n| alpha${n} | ${n}.5 | ms |\n| beta${n} | ${n}00 | KB |`,
    `1. Do this first.\n2. Then do that.\n3. Look at the result.`,
    `> A quotation that closes section ${n}.`,
  ].join('\n\n');
}

/** Exactly so many pieces of Markdown with headings, lists, tables and code. */
export function burstText(pieces: number): string {
  const kept: string[] = [];
  for (let number = 1; kept.length < pieces; number += 1) kept.push(...piecesOf(`${section(number)}\n\n`));
  return kept.slice(0, pieces).join('');
}
