import { latest } from '../../core/util/lazy.ts';
import { registerCreditItem } from '../../host/account/creditItem.ts';
import { syncAccountState } from '../../host/account/syncAccountState.ts';
import { followWalkthrough } from '../../host/account/walkthroughState.ts';
import { tellSettingFaults } from '../../host/platform/settingFaults.ts';
import { commandIds } from '../../host/platform/contributions.ts';
import type { Feature } from '../commandTable.ts';
import type { Services } from '../services.ts';

/** The keys, signing in, and what is left of the credit. */
export function accountFeature(services: Services) {
  const { keys, account, credit, settings, faults, passKeyGate } = services;
  const keyParts = { keys, account };
  return {
    disposables: [
      registerCreditItem(credit, settings, keys),
      followWalkthrough(credit),
      syncAccountState(services),
      tellSettingFaults(settings, faults),
    ],
    commands: {
      [commandIds.signIn]: latest(async (signal) => {
        const { openRouterSignIn: service } = await import('../../core/openrouter/signIn/signInAttempt.ts');
        const { signIn } = await import('../../host/account/signIn/signIn.ts');
        return signIn({ ...keyParts, service, settings, now: Date.now }, signal);
      }),
      [commandIds.setApiKey]: async () =>
        (await import('../../host/account/setApiKey.ts')).setApiKey(keyParts),
      [commandIds.importApiKey]: async () =>
        (await import('../../host/account/importApiKey.ts')).importApiKey(keyParts, process.env),
      [commandIds.signOut]: async () => (await import('../../host/account/signOut.ts')).signOut(keys),
      [commandIds.switchKey]: async () =>
        (await import('../../host/account/switchKey.ts')).switchKey(keyParts),
      [commandIds.refreshCredit]: async () => {
        if (await passKeyGate()) {
          await credit.refresh();
        }
      },
    },
  } satisfies Feature;
}
