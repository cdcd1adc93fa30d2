import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { AnswerWriter } from '../../../src/core/conversation/persistence/answerWriter.ts';
import { clean } from '../../support/builders.ts';
import type { AnswerPart } from '../../../src/core/conversation/part.ts';

describe('saving a streaming answer', () => {
  let pieces: string[];
  let broken: boolean;
  let failures: number;
  let writer: AnswerWriter;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    [pieces, broken, failures] = [[], false, 0];
    const appendPart = (id: string, position: number, type: string, text: string): void => {
      if (broken) {
        throw new Error('database is locked');
      }
      pieces.push(`${id} ${position} ${type} ${text}`);
    };
    const putPart = (id: string, position: number, part: AnswerPart): void => {
      appendPart(id, position, part.type, JSON.stringify(part));
    };
    writer = new AnswerWriter({ appendPart, putPart }, 'm', () => {
      failures += 1;
    });
  });

  afterEach(() => {
    mock.timers.reset();
  });

  it('is never more than half a second behind', () => {
    writer.append(0, 'text', 'a');
    mock.timers.tick(300);
    writer.append(0, 'text', 'b');
    mock.timers.tick(199);
    assert.deepEqual(pieces, []);
    mock.timers.tick(1);
    assert.deepEqual(pieces, ['m 0 text ab']);
    writer.append(0, 'text', 'c');
    mock.timers.tick(500);
    assert.deepEqual(pieces, ['m 0 text ab', 'm 0 text c']);
  });

  it('is never four kilobytes behind, whatever the script', () => {
    for (const sign of ['a', 'ß', '世', '👩‍💻']) {
      pieces = [];
      let behind = '';
      for (let count = 0; count < 4_096; count++) {
        writer.append(0, 'text', sign);
        behind = pieces.length > 0 ? '' : behind + sign;
        pieces = [];
        assert.ok(Buffer.byteLength(behind) < 4_096, `${behind.length} of ${sign}`);
      }
    }
  });

  it('writes a few times a second, not once a token', () => {
    for (let count = 0; count < 3_000; count++) {
      writer.append(0, 'text', 'x');
      mock.timers.tick(1);
    }
    writer.flush();
    assert.ok(pieces.length <= 7, String(pieces.length));
  });

  it('keeps reasoning and text apart, in order', () => {
    writer.append(0, 'reasoning', 'hm');
    writer.append(1, 'text', 'yes');
    writer.append(2, 'reasoning', 'or');
    writer.append(3, 'text', 'no');
    writer.flush();
    assert.deepEqual(pieces, ['m 0 reasoning hm', 'm 1 text yes', 'm 2 reasoning or', 'm 3 text no']);
  });

  it('writes a complete part at once, after the text before it', () => {
    const call = clean({ type: 'toolCall', id: 'call', name: 'read', arguments: '{}' });
    writer.append(0, 'text', 'Let me see.');
    writer.put(1, call);
    assert.deepEqual(pieces, ['m 0 text Let me see.', `m 1 toolCall ${JSON.stringify(call)}`]);
  });

  it('writes nothing twice, and nothing where there is nothing', () => {
    writer.flush();
    writer.append(0, 'text', 'a');
    writer.flush();
    writer.flush();
    mock.timers.tick(1_000);
    assert.deepEqual(pieces, ['m 0 text a']);
  });

  it('leaves what could not be written where it belongs, and writes it with what comes next', () => {
    broken = true;
    writer.append(0, 'reasoning', 'hm');
    writer.flush();
    writer.append(1, 'text', 'yes');
    broken = false;
    mock.timers.tick(500);
    assert.deepEqual([failures, pieces], [1, ['m 0 reasoning hm', 'm 1 text yes']]);
  });

  it('does not try the disk at every token while it fails', () => {
    broken = true;
    for (let count = 0; count < 1_000; count++) {
      writer.append(0, 'text', 'x'.repeat(100));
      mock.timers.tick(1);
    }
    assert.ok(failures <= 3, String(failures));
    broken = false;
    writer.flush();
    assert.equal(pieces.join('').length, 'm 0 text '.length + 100_000);
    pieces = [];
    writer.append(0, 'text', 'x'.repeat(1_024));
    assert.equal(pieces.length, 1, 'and is as quick as before once the disk is mended');
  });

  it('loses and mixes nothing, whenever the disk fails', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constantFrom('text' as const, 'reasoning' as const, 'toolCall' as const),
        text: fc.string(),
      }),
      fc.record({ kind: fc.constantFrom('break' as const, 'mend' as const, 'tick' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const disk = new Map<number, { type: string; text: string }>();
        const truth: { type: string; text: string }[] = [];
        let failing = false;
        const appendPart = (_id: string, position: number, type: string, text: string): void => {
          if (failing) {
            throw new Error('busy');
          }
          disk.set(position, { type, text: (disk.get(position)?.text ?? '') + text });
        };
        const putPart = (_id: string, position: number, part: AnswerPart): void => {
          if (failing) {
            throw new Error('busy');
          }
          disk.set(position, { type: part.type, text: part.type === 'toolCall' ? part.arguments : '' });
        };
        const each = new AnswerWriter({ appendPart, putPart }, 'm', () => undefined);
        for (const now of steps) {
          if (now.kind === 'text' || now.kind === 'reasoning') {
            const last = truth.at(-1);
            if (last?.type === now.kind) {
              last.text += now.text;
            } else {
              truth.push({ type: now.kind, text: now.text });
            }
            each.append(truth.length - 1, now.kind, now.text);
          } else if (now.kind === 'toolCall') {
            each.put(
              truth.length,
              clean({ type: 'toolCall', id: 'call', name: 'read', arguments: now.text }),
            );
            truth.push({ type: 'toolCall', text: now.text });
          } else if (now.kind === 'tick') {
            mock.timers.tick(250);
          } else {
            failing = now.kind === 'break';
          }
        }
        failing = false;
        each.flush();
        assert.deepEqual(
          [...disk.entries()].sort(([a], [b]) => a - b),
          [...truth.entries()],
        );
      }),
    );
  });
});
