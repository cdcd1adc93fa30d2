import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Placement } from '../../core/edits/placement.ts';
import { proposedText, rebase, type Proposal } from '../../core/edits/proposal.ts';
import { contextKeys } from '../contributions.ts';

const scheme = 'switchboard-proposal';

interface Pending {
  readonly target: vscode.Uri;
  proposal: Proposal;
}

/**
 * Shows a proposed change beside the file as it is, for the user to accept or discard. Until it is accepted, neither
 * the file nor the text in the editor is touched.
 */
export class ProposalReview implements vscode.Disposable {
  readonly #pending = new Map<string, Pending>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registrations: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#registrations = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => {
          const pending = this.#pending.get(uri.toString());
          return pending ? proposedText(pending.proposal) : '';
        },
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        closed.forEach((tab) => this.#drop(proposalIn(tab)));
      }),
    );
  }

  /** Opens the change as a difference. */
  async propose(document: vscode.TextDocument, change: Placement): Promise<void> {
    this.#count += 1;
    const uri = document.uri.with({ scheme, query: String(this.#count), fragment: '' });
    this.#pending.set(uri.toString(), {
      target: document.uri,
      proposal: { before: document.getText(), change },
    });
    this.#tell();
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    const selection = new vscode.Range(document.positionAt(change.start), document.positionAt(change.start));
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, t('{0} (proposed change)', name), {
      preview: false,
      selection,
    });
  }

  /** Makes the change that is looked at; a file without unsaved changes is saved, too. One undo takes it back. */
  async accept(): Promise<void> {
    const [uri, pending] = this.#current() ?? [];
    if (!uri || !pending) {
      void vscode.window.showInformationMessage(t('There is no proposed change to accept.'));
      return;
    }
    const document = await vscode.workspace.openTextDocument(pending.target);
    const proposal = rebase(pending.proposal, document.getText());
    if (!proposal) {
      void vscode.window.showWarningMessage(
        t(
          'The file was changed where the proposal would change it, so nothing was written. Apply the code again.',
        ),
      );
      return;
    }
    await makeChange(document, proposal.change);
    await this.#close(uri);
    const { start, text } = proposal.change;
    const place = new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
    const editor = await vscode.window.showTextDocument(document);
    editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Gives up the change that is looked at. */
  async reject(): Promise<void> {
    const [uri] = this.#current() ?? [];
    if (uri) {
      await this.#close(uri);
    } else {
      void vscode.window.showInformationMessage(t('There is no proposed change to reject.'));
    }
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** The change in the active tab, or else the one that was proposed last. */
  #current(): readonly [vscode.Uri, Pending] | undefined {
    const active = proposalIn(vscode.window.tabGroups.activeTabGroup.activeTab);
    const key = active?.toString() ?? [...this.#pending.keys()].at(-1);
    const pending = key === undefined ? undefined : this.#pending.get(key);
    return key !== undefined && pending ? [vscode.Uri.parse(key), pending] : undefined;
  }

  async #close(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter((tab) => proposalIn(tab)?.toString() === uri.toString()),
      true,
    );
    this.#drop(uri);
  }

  #drop(uri: vscode.Uri | undefined): void {
    if (uri && this.#pending.delete(uri.toString())) {
      this.#tell();
    }
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', contextKeys.proposing, this.#pending.size > 0);
  }
}

function proposalIn(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const uri = tab?.input instanceof vscode.TabInputTextDiff ? tab.input.modified : undefined;
  return uri?.scheme === scheme ? uri : undefined;
}

async function makeChange(document: vscode.TextDocument, change: Placement): Promise<void> {
  const wasSaved = !document.isDirty && !document.isUntitled;
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
  edit.replace(document.uri, range, change.text);
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(t('The editor did not take the change. Nothing was written.'));
  }
  if (wasSaved) {
    await document.save();
  }
}
