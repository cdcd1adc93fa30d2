import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/emitter.ts';
import { statusItemIds } from './contributions.ts';

/** Which status bar item, and where: higher priorities are further left. */
export interface StatusItem {
  readonly id: keyof typeof statusItemIds;
  readonly name: string;
  readonly priority: number;
}

/** Shows an item in the status bar, and draws it again with each of these changes. */
export function registerStatusItem(
  { id, name, priority }: StatusItem,
  draw: (item: vscode.StatusBarItem) => void,
  changes: readonly ((listener: () => void) => Disposable)[],
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    statusItemIds[id],
    vscode.StatusBarAlignment.Right,
    priority,
  );
  item.name = name;
  const drawAgain = (): void => {
    draw(item);
  };
  drawAgain();
  item.show();
  return vscode.Disposable.from(item, ...changes.map((change) => change(drawAgain)));
}
