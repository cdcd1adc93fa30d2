import { CatalogClient } from '../../src/core/openrouter/account/catalogClient.ts';
import { EndpointClient } from '../../src/core/openrouter/account/endpointClient.ts';
import { GenerationClient } from '../../src/core/openrouter/account/generationClient.ts';
import { KeyClient } from '../../src/core/openrouter/account/keyClient.ts';
import type { Server } from '../../src/core/openrouter/transport/server.ts';

/** All that is asked of a server besides answers. */
export interface Account {
  readonly keys: KeyClient;
  readonly models: CatalogClient;
  readonly endpoints: EndpointClient;
  readonly generations: GenerationClient;
}

/** Makes the clients of a server. */
export function accountOf(server: Server): Account {
  return {
    keys: new KeyClient(server),
    models: new CatalogClient(server),
    endpoints: new EndpointClient(server),
    generations: new GenerationClient(server),
  };
}
