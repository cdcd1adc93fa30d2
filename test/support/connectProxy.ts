import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A proxy as companies have them: it tunnels by CONNECT, knows names that nobody else does, and may want a password. */
export interface ConnectProxy {
  readonly url: string;
  /** The targets that were asked for, oldest first, refused ones too. */
  readonly targets: readonly string[];
  close(): Promise<void>;
}

/** How a proxy is set up. */
export interface ProxyOptions {
  /** Where a name and a port lead, for example `openrouter.test:443`. */
  readonly ports: Readonly<Record<string, number>>;
  /** The value of `Proxy-Authorization` that it wants. */
  readonly authorization?: string;
}

/** Starts a proxy on this machine. */
export async function startConnectProxy({ ports, authorization }: ProxyOptions): Promise<ConnectProxy> {
  const targets: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(400).end());
  server.on('connect', (request, client: Socket) => {
    const target = request.url ?? '';
    targets.push(target);
    const port = ports[target];
    if (authorization !== undefined && request.headers['proxy-authorization'] !== authorization) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n',
      );
      return;
    }
    if (port === undefined) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(server).pipe(client);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => sockets.delete(one));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    targets,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}
