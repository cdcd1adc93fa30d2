import type { SignInAttempt } from '../../../core/account/signIn.ts';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { callbackHeaders, callbackHtml, callbackPages, type CallbackPage } from './callbackPage.ts';
import type { CallbackSource, TakenCallback } from './callbackSource.ts';

const loopback = '127.0.0.1';

/**
 * Listens on this machine for the browser's return. The server answers GET on the attempt's one path and closes after
 * an accepted callback.
 */
export async function listenOnLoopback(attempt: SignInAttempt): Promise<CallbackSource> {
  let take: (callback: TakenCallback) => void = () => undefined;
  const taken = new Promise<TakenCallback>((resolve) => {
    take = resolve;
  });
  const server = createServer();
  server.listen(0, loopback);
  await once(server, 'listening');
  const authority = `${loopback}:${String(portOf(server))}`;
  const dispose = (): void => {
    // Running responses finish; nothing else has to wait.
    server.close();
    server.closeIdleConnections();
  };
  server.on('request', (request, response) => {
    const callback = isForUs(request, authority) ? receive(request, attempt) : undefined;
    if (!callback) {
      refuse(request, response);
      return;
    }
    switch (callback.outcome) {
      case 'refused':
        show(response, 403, callbackPages.refused);
        return;
      case 'code':
      case 'denied':
        show(response, 200, callback.outcome === 'code' ? callbackPages.received : callbackPages.denied);
        take(callback);
        dispose();
        return;
      default:
        callback satisfies never;
    }
  });
  return { url: `http://${authority}${attempt.callbackPath}`, taken, dispose };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the callback server has no port');
  }
  return address.port;
}

/** Another host name would mean that a remote page points at this machine. */
function isForUs({ method, headers }: IncomingMessage, authority: string): boolean {
  return method === 'GET' && headers.host === authority;
}

/** Absent if the path isn't part of a sign-in. */
function receive({ url = '' }: IncomingMessage, attempt: SignInAttempt) {
  const { pathname, search } = new URL(url, `http://${loopback}`);
  const folder = attempt.callbackPath.replace(/\/[^/]*$/, '');
  return pathname === folder || pathname.startsWith(`${folder}/`)
    ? attempt.receive(pathname, search.slice(1))
    : undefined;
}

function refuse({ method }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(method === 'GET' ? 404 : 405, {
    Connection: 'close',
    ...(method === 'GET' ? {} : { Allow: 'GET' }),
  });
  response.end();
}

function show(response: ServerResponse, status: number, page: CallbackPage): void {
  response.writeHead(status, { ...callbackHeaders }).end(callbackHtml(page));
}
