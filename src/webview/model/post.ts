import type { ModelToHost } from '../../protocol/modelToHost.ts';

/** How the page of a model speaks to the host. */
export type Post = (message: ModelToHost) => void;
