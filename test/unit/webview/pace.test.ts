import assert from 'node:assert/strict';
import { CodeLines } from '../../../src/webview/markdown/codeLines.ts';
import { FrameBudget } from '../../../src/webview/shared/frameBudget.ts';

const limits = { least: 10, first: 40, most: 100 };

describe('Pace', () => {
  it('does less after a slow frame and more after a quick one, within its limits', () => {
    const pace = new FrameBudget(limits);
    pace.frameTook(5, 40);
    assert.equal(pace.amount, 80);
    pace.frameTook(5, 80);
    assert.equal(pace.amount, 100);
    for (let frame = 0; frame < 5; frame += 1) {
      pace.frameTook(60, pace.amount);
    }
    assert.equal(pace.amount, 10);
  });

  it('learns nothing from a quick frame that had little to do', () => {
    const pace = new FrameBudget(limits);
    pace.frameTook(1, 3);
    assert.equal(pace.amount, 40);
  });
});

describe('CodeLines', () => {
  it('touches its last chunk only', () => {
    const lines = new CodeLines('x\n'.repeat(150));
    const before = [...lines.chunks];
    lines.append('more');
    assert.deepEqual(lines.chunks.slice(0, -1), before.slice(0, -1));
    assert.equal(lines.text, `${'x\n'.repeat(150)}more`);
    assert.equal(lines.chunks.length, 3);
  });

  it('has the same chunks however the text came', () => {
    const text = 'line\n'.repeat(200);
    const pieces = new CodeLines();
    for (let at = 0; at < text.length; at += 7) {
      pieces.append(text.slice(at, at + 7));
    }
    assert.deepEqual(pieces.chunks, new CodeLines(text).chunks);
  });
});
