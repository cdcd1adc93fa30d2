import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import { conversationUsage } from '../../core/conversation/generations.ts';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { CreditMonitor } from '../../core/account/creditMonitor.ts';
import { formatCost, type PicoDollars } from '../../core/money/money.ts';
import type { ServerKind } from '../../core/model/server.ts';
import { cacheSaving } from '../../core/model/pricing.ts';
import { effortsOf } from '../../core/model/requestSettings.ts';
import type { AlertView, ChatHeader, KeyState } from '../../protocol/chatView.ts';
import { effortName } from '../words/effortName.ts';
import type { KnownModels } from '../words/report.ts';
import { usableRouting } from '../platform/routingSettings.ts';
import type { Settings } from '../platform/settings.ts';
import { spentWords } from '../answers/messageView.ts';
import type { ComposerState } from './composerState.ts';

/** What is known beyond this chat. */
export interface HeaderParts {
  readonly catalog: ModelCatalog;
  readonly credit: CreditMonitor;
  readonly settings: Settings;
  /** Who answers, as far as that is known without asking. */
  readonly serverKind: () => ServerKind;
  /** Spending since midnight, in all windows. */
  readonly spentToday: () => PicoDollars;
}

/** What remedies may need to know of models. */
export function knownModels({
  catalog,
  settings,
  serverKind,
}: Pick<HeaderParts, 'catalog' | 'settings' | 'serverKind'>): KnownModels {
  return {
    nameOf: (id) => catalog.nameOf(id),
    freeModel: () => catalog.freeModel(),
    nearest: (id) => catalog.nearest(id),
    isOpenRouter: () => serverKind() === 'openrouter',
    routing: (model) => usableRouting(settings, model),
    saved: (id, tokens, at) => cacheSaving(catalog.find(id), tokens, at),
  };
}

/** What is known about the visible chat. */
interface Shown {
  readonly session: ChatSession;
  /** Its model. */
  readonly model: string;
  readonly next: ComposerState;
  readonly alert: AlertView | undefined;
}

/** Everything around the transcript. */
export function chatHeader(
  { catalog, credit, settings, spentToday }: HeaderParts,
  { session, model, next, alert }: Shown,
): ChatHeader {
  const { conversation, busy } = session;
  const { estimate } = next;
  const hasEfforts = effortsOf(catalog.find(model)).length > 0;
  const today = spentToday();
  const usage = conversationUsage(conversation.messages);
  return {
    key: keyStateOf(credit),
    model: { id: model, name: catalog.nameOf(model) },
    ...(hasEfforts && { effort: effortName(settings.reasoningEffort()) }),
    title: conversation.title,
    attachments: next.views,
    ...(estimate && { estimate }),
    spent: {
      ...(usage?.cost !== undefined && { chat: spentWords(usage.cost, usage) }),
      ...(today > 0 && { today: formatCost(today) }),
    },
    busy,
    ...(alert && { alert }),
  };
}

function keyStateOf({ credit }: CreditMonitor): KeyState {
  switch (credit.state) {
    case 'unknown':
      return 'unknown';
    case 'missing':
    case 'rejected':
      return credit.state;
    case 'expired':
      return 'rejected';
    case 'known':
    case 'offline':
    // A server without key records may need none.
    case 'none':
      return 'set';
    default:
      return credit satisfies never;
  }
}
