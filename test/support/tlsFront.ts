import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { fileURLToPath } from 'node:url';

const file = (name: string): URL => new URL(`./tls/${name}`, import.meta.url);

/** The certificate of an authority that nobody trusts by himself. */
export const authorityFile = fileURLToPath(file('ca.pem'));

/** The name that the certificate of the front is for, besides those of this machine; no network knows it. */
export const tlsHost = 'openrouter.test';

/** A server with https in front of one without. */
export interface TlsFront {
  readonly port: number;
  close(): Promise<void>;
}

/** Puts https, with a certificate of that authority, in front of a server on this machine. */
export async function startTlsFront(behind: string): Promise<TlsFront> {
  const { hostname, port: portBehind } = new URL(behind);
  const server = createServer(
    { key: readFileSync(file('server.key')), cert: readFileSync(file('server.pem')) },
    (incoming, answer) => {
      const { method, url, headers } = incoming;
      const onward = request({ hostname, port: portBehind, method, path: url, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      answer.on('close', () => onward.destroy());
      incoming.pipe(onward);
    },
  );
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
