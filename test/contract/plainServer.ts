import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a plain server does with a request, once that has arrived. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on this machine that is no OpenRouter: it answers exactly what the test says. */
export interface PlainServer {
  readonly baseUrl: string;
  /** The bodies that arrived, oldest first. */
  readonly bodies: readonly string[];
  willAnswer(answer: Answer): void;
  close(): Promise<void>;
}

/** Starts a plain server. */
export async function startPlainServer(): Promise<PlainServer> {
  const bodies: string[] = [];
  let answer: Answer = (response) => response.end();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      bodies.push(body);
      answer(response, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    bodies,
    willAnswer: (next) => {
      answer = next;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers with JSON. */
export function json(body: unknown, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** Answers with an event stream, written in these pieces. */
export function eventStream(...pieces: readonly (string | Buffer)[]): Answer {
  return (response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const [first, ...rest] = pieces;
    const write = (piece: string | Buffer | undefined): void => {
      if (piece === undefined) {
        response.end();
      } else {
        // The client has its turn between two pieces, so that they do not arrive as one.
        response.write(piece, () => setImmediate(() => setImmediate(write, rest.shift())));
      }
    };
    write(first);
  };
}

/** One event of a stream that carries a chunk. */
export function chunkEvent(delta: object, finishReason: string | null = null): string {
  return `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta, finish_reason: finishReason }] })}\n\n`;
}
