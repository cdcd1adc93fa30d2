import { RequestError } from '../../model/requestError.ts';
import type { ServerKind } from '../../model/server.ts';
import { getJson } from './answer.ts';
import type { Server } from './server.ts';
import { isKeyRecord, keepsNoKeyRecords, type ServerIdentity } from './serverIdentity.ts';

/**
 * The kind of server; asks it if unknown. One that doesn't tell is treated as OpenRouter, and the request itself shows
 * any problem.
 */
export async function serverKind(server: Server, signal: AbortSignal): Promise<ServerKind> {
  const { identity } = server;
  const baseUrl = server.baseUrl();
  if (!identity) {
    return 'openrouter';
  }
  return identity.kindOf(baseUrl) ?? (await probe(server, identity, signal)) ?? 'openrouter';
}

/** Looks for a record of the key; a server without one may still stand in front of OpenRouter: its models show it. */
async function probe(
  server: Server,
  identity: ServerIdentity,
  signal: AbortSignal,
): Promise<ServerKind | undefined> {
  const baseUrl = server.baseUrl();
  const apiKey = await server.apiKey();
  const hasRecord = await getJson(server, '/key', apiKey, signal).then(
    (body) => isKeyRecord(body) || undefined,
    (error: unknown) => (error instanceof RequestError && keepsNoKeyRecords(error) ? false : undefined),
  );
  if (hasRecord !== undefined) {
    identity.sawKeyRecord(baseUrl, hasRecord);
  }
  if (hasRecord !== true) {
    const models = await getJson(server, '/models', apiKey, signal).catch(() => undefined);
    identity.sawModels(baseUrl, models);
  }
  return identity.kindOf(baseUrl);
}
