import assert from 'node:assert/strict';
import { createConnection } from 'node:net';
import fc from 'fast-check';
import { burstText } from '../../simulator/burst.ts';
import type { Clock } from '../../simulator/clock.ts';
import { objectOf } from '../../simulator/json.ts';
import { simulatorKey, startSimulator } from '../../simulator/simulator.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { scenarioOf } from '../../simulator/scenarios.ts';
import { cutInsideCharacters } from '../../simulator/stream.ts';
import { countTokens, piecesOf } from '../../simulator/tokens.ts';
import { chatBody, eventsOf, joined, startClient } from './client.ts';

/** Reads an answer below HTTP, and gives the chunks of its body as they were framed. */
function chunksOnTheWire(simulator: Simulator, body: unknown): Promise<readonly Buffer[]> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = createConnection(simulator.port, '127.0.0.1');
    const text = JSON.stringify(body);
    socket.on('error', reject);
    socket.on('data', (data) => received.push(data));
    socket.on('close', () => resolve(unchunked(Buffer.concat(received))));
    socket.write(
      `POST /api/v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${simulatorKey}\r\nConnection: close\r\nContent-Length: ${String(Buffer.byteLength(text))}\r\n\r\n${text}`,
    );
  });
}

function unchunked(response: Buffer): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let position = response.indexOf('\r\n\r\n') + 4;
  for (;;) {
    const end = response.indexOf('\r\n', position);
    const size = Number.parseInt(response.toString('latin1', position, end), 16);
    if (!(size > 0)) return chunks;
    chunks.push(response.subarray(end + 2, end + 2 + size));
    position = end + 2 + size + 2;
  }
}

const isWhole = (bytes: Uint8Array): boolean => !Buffer.from(bytes).toString('utf8').includes('\ufffd');

describe('event stream', () => {
  it('cuts a text in pieces that join to it again', () => {
    const unit = fc.constantFrom(
      'a',
      'Z',
      'é',
      '日',
      '🎉',
      '👩‍💻',
      ' ',
      '\n',
      '\t',
      '7',
      '`',
      '|',
      '—',
      '\ud83c',
    );
    const text = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''));
    fc.assert(
      fc.property(text, (whole) => piecesOf(whole).join('') === whole),
      { numRuns: 200 },
    );
    assert.equal(countTokens(burstText(5000)), 5000);
  });

  it('cuts inside every character of several bytes and loses no byte', () => {
    const bytes = Buffer.from('aé日🎉z');
    const parts = cutInsideCharacters(bytes);
    assert.equal(parts.length, 4);
    assert.ok(parts.slice(0, -1).every((part) => !isWhole(part)));
    assert.deepEqual(Buffer.concat(parts), bytes);
  });

  it('really splits characters between writes, and ends lines with CRLF', async () => {
    const simulator = await startSimulator({ scenario: 'split-multibyte' });
    const chunks = await chunksOnTheWire(simulator, chatBody({ stream: true }));
    await simulator.close();
    assert.ok(chunks.filter((chunk) => !isWhole(chunk)).length > 10);
    const text = Buffer.concat(chunks).toString('utf8');
    assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
    assert.match(joined(eventsOf(text), 'content'), /日本語のテキスト — «кириллица» 👩‍💻/);
  });

  it('keeps the pace: the waits add up to the time that the tokens take', async () => {
    let now = Date.UTC(2026, 10, 20);
    const waits: number[] = [];
    const clock: Clock = {
      now: () => now,
      wait: (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
        return Promise.resolve();
      },
    };
    const client = await startClient({ clock, pace: { tokensPerSecond: 50, firstTokenMs: 300 } });
    const usage = objectOf(eventsOf((await client.stream()).text).at(-1)?.usage);
    await client.simulator.close();
    const total = waits.reduce((sum, wait) => sum + wait, 0);
    assert.equal(waits[0], 300);
    assert.equal(Math.round(total), 300 + (Number(usage.completion_tokens) - 1) * 20);
  });

  it('sends only comments while it stalls, until the client leaves', async () => {
    const simulator = await startSimulator();
    const stalling = scenarioOf('stall-comments');
    simulator.use({ ...stalling, ending: { kind: 'stall', after: 3, commentsEveryMs: 1 } });
    const leave = new AbortController();
    const response = await fetch(`${simulator.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${simulatorKey}` },
      body: JSON.stringify(chatBody({ stream: true })),
      signal: leave.signal,
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) {
      text += decoder.decode(part, { stream: true });
      if (text.split(': OPENROUTER PROCESSING').length > 6) break;
    }
    leave.abort();
    assert.equal(eventsOf(text).length, 3);
    const entry = await simulator.journal.waitFor(({ closedAt }) => closedAt !== undefined);
    assert.equal(entry.aborted, true);
    assert.equal(entry.pieces, 3);
    await simulator.close();
  });
});
