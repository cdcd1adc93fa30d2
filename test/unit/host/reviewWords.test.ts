import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Finding } from '../../../src/core/prompts/reviewCode.ts';
import { reviewMarkdown, reviewWords, type ReviewResult } from '../../../src/host/review/reviewWords.ts';

const result: ReviewResult = {
  subject: 'cart.ts',
  summary: ' Two faults,\n one of them grave.',
  placed: 2,
  unplaced: [],
  leftOut: [],
  cost: 1_234_000_000,
};
const lost: Finding = {
  file: 'src/other.ts',
  quote: 'x',
  startLine: 7,
  endLine: 7,
  severity: 'error',
  category: 'correctness',
  message: 'Divides\nby zero',
  suggestion: null,
};

describe('The words of a review', () => {
  it('count the findings, and say what they cost and what the model makes of them', () => {
    assert.equal(reviewWords(result), '2 findings in cart.ts ($0.001234). Two faults, one of them grave.');
    assert.equal(
      reviewWords({ ...result, placed: 1, summary: 'Fine', cost: undefined }),
      '1 finding in cart.ts. Fine.',
    );
    assert.equal(reviewWords({ ...result, placed: 0, summary: '' }), 'No findings in cart.ts ($0.001234).');
  });

  it('are cut where the model has many', () => {
    const long = reviewWords({ ...result, summary: 'x'.repeat(201) });
    assert.ok(long.endsWith(`). ${'x'.repeat(200)}…`));
  });

  it('list findings without a location and files that were left out', () => {
    const more: ReviewResult = { ...result, unplaced: [lost], leftOut: ['.env (excluded)'] };
    assert.ok(
      reviewWords(more).endsWith(
        'Without a location: src/other.ts:7: error: Divides by zero. Skipped: .env (excluded).',
      ),
    );
    assert.match(reviewWords(more), /^3 findings/);
    const many: ReviewResult = { ...result, leftOut: Array.from({ length: 7 }, (_, index) => `${index}.ts`) };
    assert.match(reviewWords(many), /Skipped: 0\.ts, 1\.ts, 2\.ts, 3\.ts, 4\.ts, and 2 more\.$/);
    assert.match(reviewMarkdown(many, []), /^- 6\.ts$/m);
  });

  it('are all in the summary, with their places', () => {
    const more: ReviewResult = { ...result, unplaced: [lost], leftOut: ['.env (excluded)'] };
    assert.equal(
      reviewMarkdown(more, [{ ...lost, place: 'src/cart.ts:3-4' }]),
      [
        'Two faults,\n one of them grave.',
        '- `src/cart.ts:3-4` **error:** Divides by zero',
        '**Findings without a location**',
        '- src/other.ts:7: error: Divides by zero',
        '**Skipped**',
        '- .env (excluded)',
      ].join('\n\n'),
    );
    assert.equal(reviewMarkdown({ ...result, summary: ' ' }, []), 'No findings.');
  });
});
