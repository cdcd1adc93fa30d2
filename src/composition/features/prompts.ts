import { lazy } from '../../core/util/lazy.ts';
import type { ChatSurface } from '../../host/chat/chatSurface.ts';
import type { CommandServices } from '../../host/commands/commandServices.ts';
import { promptCommandIds } from '../../host/platform/contributions.ts';
import type { Feature } from '../commandTable.ts';
import type { LazyServices } from '../lazyServices.ts';
import type { Services } from '../services.ts';

/** The commands that ask a model for a structured answer. Each is loaded when it is first run. */
export function promptsFeature(
  { context, owned, settings, catalog, passKeyGate }: Services,
  { model, review, writes, instructions }: LazyServices,
  surface: ChatSurface,
) {
  const commandServices = lazy(async (): Promise<CommandServices> => {
    const { PromptRunner } = await import('../../host/prompts/promptRunner.ts');
    return {
      surface,
      runner: new PromptRunner({ chat: model, catalog, settings, instructions: await instructions() }),
      review,
      writes: await writes(),
      globalStorage: context.globalStorageUri,
      findings: owned.lazy(async () => {
        const { Findings } = await import('../../host/review/findings.ts');
        return new Findings(await writes());
      }),
    };
  });
  /** A command that needs a key, and the code that it runs. */
  const asking =
    <Args extends readonly unknown[]>(
      load: () => Promise<(services: CommandServices, ...args: Args) => Promise<void>>,
    ) =>
    async (...args: Args): Promise<void> => {
      if (await passKeyGate()) {
        const run = await load();
        await run(await commandServices(), ...args);
      }
    };
  return {
    disposables: [],
    commands: {
      [promptCommandIds.explainSelection]: asking(
        async () => (await import('../../host/commands/explainSelection.ts')).explainSelection,
      ),
      [promptCommandIds.fixSelection]: asking(
        async () => (await import('../../host/commands/fixSelection.ts')).fixSelection,
      ),
      [promptCommandIds.refactorSelection]: asking(
        async () => (await import('../../host/commands/refactorSelection.ts')).refactorSelection,
      ),
      [promptCommandIds.editSelection]: asking(
        async () => (await import('../../host/commands/editSelection.ts')).editSelection,
      ),
      [promptCommandIds.documentSelection]: asking(
        async () => (await import('../../host/commands/documentSelection.ts')).documentSelection,
      ),
      [promptCommandIds.generateSnippet]: asking(
        async () => (await import('../../host/commands/generateSnippet.ts')).generateSnippet,
      ),
      [promptCommandIds.reviewSelection]: asking(
        async () => (await import('../../host/commands/reviewSelection.ts')).reviewSelection,
      ),
      [promptCommandIds.reviewChanges]: asking(
        async () => (await import('../../host/commands/reviewChanges.ts')).reviewChanges,
      ),
      [promptCommandIds.runPromptFile]: asking(
        async () => (await import('../../host/commands/runPromptFile.ts')).runPromptFile,
      ),
      [promptCommandIds.generateTests]: asking(
        async () => (await import('../../host/commands/generateTests.ts')).generateTests,
      ),
      [promptCommandIds.suggestNames]: asking(
        async () => (await import('../../host/commands/suggestNames.ts')).suggestNames,
      ),
      [promptCommandIds.commitMessage]: asking(
        async () => (await import('../../host/commands/commitMessage.ts')).commitMessage,
      ),
    },
  } satisfies Feature;
}
