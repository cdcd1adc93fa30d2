import type { ToHost } from './toHost.ts';

const types = [
  'copy',
  'color',
  'findFiles',
  'openFile',
  'saveImage',
  'insertAtCursor',
  'newFile',
  'applyToFile',
  'openDiagram',
] as const satisfies readonly ToHost['type'][];

/** Actions for answers on any page. */
export type AnswerAction = Extract<ToHost, { readonly type: (typeof types)[number] }>;

export function isAnswerAction(message: ToHost): message is AnswerAction {
  return types.some((type) => type === message.type);
}
