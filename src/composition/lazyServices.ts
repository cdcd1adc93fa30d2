import type { ChatModel } from '../core/conversation/generation/chatModel.ts';
import type { RequestEstimator } from '../core/conversation/generation/requestEstimator.ts';
import { Emitter, type Event } from '../core/util/emitter.ts';
import { lazy } from '../core/util/lazy.ts';
import type { EndpointClient } from '../core/openrouter/account/endpointClient.ts';
import type { Chats } from '../host/chat/openChat.ts';
import type { ContextGuard } from '../host/context/contextGuard.ts';
import type { Instructions } from '../host/context/instructions.ts';
import type { WriteGuard } from '../host/context/writeGuard.ts';
import type { InlineReview } from '../host/edits/inlineReview.ts';
import type { PickerParts } from '../host/models/listedRows.ts';
import type { Services } from './services.ts';
import type { Store } from './store.ts';

/** What several features share and is heavy: each part is loaded by whatever first needs it. */
export interface LazyServices {
  readonly store: () => Promise<Store>;
  readonly estimator: () => Promise<RequestEstimator>;
  /** The model that everything asks. */
  readonly model: () => Promise<ChatModel>;
  /** Stands between everything that is sent or written and the user's files. */
  readonly guard: () => Promise<ContextGuard>;
  /** Decides for all ways of writing. */
  readonly writes: () => Promise<WriteGuard>;
  /** What every request begins with, besides our own words. */
  readonly instructions: () => Promise<Instructions>;
  readonly chats: () => Promise<Chats>;
  /** Fires once, when the chats of this window are there. */
  readonly onDidOpenChats: Event<Chats>;
  /** Shows proposed changes in the editor. */
  readonly review: () => Promise<InlineReview>;
  /** Who offers the models. */
  readonly endpoints: () => Promise<EndpointClient>;
  /** The inputs of the model list. */
  readonly picker: () => Promise<PickerParts>;
}

/** Says how each of them is made; nothing is loaded yet. */
export function createLazyServices(services: Services): LazyServices {
  const { owned, catalog, settings, server, memory, faults } = services;
  const opened = owned.own(new Emitter<Chats>());
  const estimator = lazy(async () => {
    const { RequestEstimator } = await import('../core/conversation/generation/requestEstimator.ts');
    return new RequestEstimator(catalog, Date.now);
  });
  const store = owned.lazy(async () => (await import('./store.ts')).createStore(services));
  const model = lazy(async () => {
    const [{ createModelStack }, kept, estimates, remembered] = await Promise.all([
      import('./modelStack.ts'),
      store(),
      estimator(),
      memory(),
    ]);
    return createModelStack(services, { store: kept, estimator: estimates, memory: remembered });
  });
  const guard = lazy(async () => {
    const { ContextGuard } = await import('../host/context/contextGuard.ts');
    return new ContextGuard(settings, (found) => {
      faults.tell('workspace', found);
    });
  });
  const writes = lazy(async () => {
    const [{ WriteGuard: Guard }, files] = await Promise.all([
      import('../host/context/writeGuard.ts'),
      guard(),
    ]);
    return new Guard(files);
  });
  const instructions = owned.lazy(async () => {
    const { Instructions: All } = await import('../host/context/instructions.ts');
    return new All(await guard(), settings);
  });
  const chats = owned.lazy(async () => {
    const [{ openChats }, kept, estimates, files, told] = await Promise.all([
      import('../host/chat/openChat.ts'),
      store(),
      estimator(),
      guard(),
      instructions(),
    ]);
    const parts = { model, store: kept, estimator: estimates, guard: files, instructions: told };
    const all = openChats({ ...services, ...parts });
    opened.fire(all);
    return all;
  });
  const endpoints = lazy(
    async () => new (await import('../core/openrouter/account/endpointClient.ts')).EndpointClient(server),
  );
  const picker = lazy(async () => {
    const [{ ServiceFacts }, { ModelRows }, remembered, offers] = await Promise.all([
      import('../host/models/serviceFacts.ts'),
      import('../host/models/modelRows.ts'),
      memory(),
      endpoints(),
    ]);
    const facts = new ServiceFacts(offers, () => settings.baseUrl());
    return { catalog, memory: remembered, facts, rows: new ModelRows() };
  });
  return {
    store,
    estimator,
    model,
    guard,
    writes,
    instructions,
    chats,
    onDidOpenChats: opened.event,
    review: owned.lazy(async () => {
      const { InlineReview: Review } = await import('../host/edits/inlineReview.ts');
      return new Review(await writes());
    }),
    endpoints,
    picker,
  };
}
