import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

/** A gateway that nobody here wrote. */
export interface Gateway {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** What every request has to carry, so that the gateway knows what stands behind it, and where. */
export function gatewayHeaders(
  provider: 'openrouter' | 'openai',
  behind: string,
): Readonly<Record<string, string>> {
  return { 'x-portkey-provider': provider, 'x-portkey-custom-host': behind };
}

/** Starts Portkey's gateway. */
export async function startGateway(): Promise<Gateway> {
  const port = await freePort();
  const manifest = createRequire(import.meta.url).resolve('@portkey-ai/gateway/package.json');
  const program = join(dirname(manifest), 'build', 'start-server.js');
  const gateway = spawn(process.execPath, [program, '--headless', `--port=${String(port)}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(gateway, 'exit');
  let said = '';
  for await (const text of gateway.stdout.setEncoding('utf8')) {
    said += String(text);
    if (said.includes('Ready for connections')) {
      break;
    }
  }
  gateway.stdout.resume();
  return {
    baseUrl: `http://127.0.0.1:${String(port)}/v1`,
    close: async () => {
      gateway.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('no port is free');
  }
  return address.port;
}
