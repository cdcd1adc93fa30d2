import { createServer } from 'node:net';

/** How long a VS Code may take to begin the tests. */
const startLimitMs = 120_000;

/** What tests inside an extension host say, as they say it. */
export interface ExtensionReport {
  /** The tests write to this port of 127.0.0.1. */
  readonly port: number;
  /** Rejects when the tests do not begin, or when their host is gone before they have ended. */
  readonly lost: Promise<never>;
  close(): void;
}

/**
 * Prints the report of tests that run in another process. An extension host that dies says nothing, and VS Code then
 * ends with success or not at all; but its connection breaks.
 */
export async function showReport(hasEnded: () => boolean): Promise<ExtensionReport> {
  let lose: (reason: Error) => void = () => undefined;
  const lost = new Promise<never>((_resolve, reject) => {
    lose = reject;
  });
  const late = setTimeout(() => {
    lose(new Error('the extension host did not begin the tests'));
  }, startLimitMs);
  const server = createServer((socket) => {
    clearTimeout(late);
    socket.pipe(process.stdout, { end: false });
    // A host that is killed resets the connection; 'close' follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!hasEnded()) {
        lose(new Error('the tests in the extension host broke off'));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the report has no port');
  }
  const close = (): void => {
    clearTimeout(late);
    server.close();
  };
  return { port: address.port, lost, close };
}
