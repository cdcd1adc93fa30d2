import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('pictures and documents', () => {
  const story = workbenchOfSuite(
    {
      signedIn: true,
      chat: true,
      settings: { 'switchboard.model': 'anthropic/claude-sonnet-4.6', 'files.simpleDialog.enable': true },
    },
    {
      after: async ({ workbench }) => {
        await writeFile(join(workbench.workspace, 'shot.png'), Buffer.from(picture, 'base64'));
        await writeFile(join(workbench.workspace, 'paper.pdf'), '%PDF-1.4 a paper');
        await writeFile(join(workbench.workspace, 'wallet.bin'), Buffer.from([0, 1, 2, 0, 255]));
      },
    },
  );

  const attach = async (name: string): Promise<void> => {
    await story.workbench.panel.getByRole('button', { name: 'Attach context' }).click();
    await story.workbench.pickRows.filter({ hasText: 'File…' }).click();
    await story.workbench.answerFileDialog(
      dirname(story.workbench.workspace),
      join(story.workbench.workspace, name),
    );
  };

  it('go with a question, are listed before and after it, and can be taken away', async () => {
    await attach('shot.png');
    await attach('paper.pdf');
    const list = story.workbench.panel.getByRole('list', { name: 'Attached context' });
    await list.getByText('paper.pdf').waitFor();
    await story.workbench.screenshot('media-1-attached');
    await story.workbench.panel.getByRole('button', { name: 'Remove paper.pdf' }).click();
    await list.getByText('paper.pdf').waitFor({ state: 'detached' });
    await attach('paper.pdf');
    await list.getByText('paper.pdf').waitFor();
    await story.workbench.sendMessage('What is this?');
    await story.workbench.panel.getByRole('group', { name: 'Answer details' }).waitFor();
    const { messages, plugins } = story.simulator.journal.last('/chat/completions')?.body as {
      messages: { content: unknown }[];
      plugins: unknown;
    };
    assert.deepEqual(messages.at(-1)?.content, [
      { type: 'image_url', image_url: { url: `data:image/png;base64,${picture}` } },
      {
        type: 'file',
        file: {
          filename: 'paper.pdf',
          file_data: `data:application/pdf;base64,${Buffer.from('%PDF-1.4 a paper').toString('base64')}`,
        },
      },
      { type: 'text', text: 'What is this?' },
    ]);
    assert.deepEqual(plugins, [{ id: 'file-parser' }]);
    await story.workbench.panel.getByRole('article', { name: /^You/ }).getByText('shot.png').waitFor();
    await story.workbench.screenshot('media-2-sent');
  });

  it('that are neither text nor one of them are refused', async () => {
    await attach('wallet.bin');
    await story.workbench.panel.getByRole('alert').waitFor();
    await story.workbench.panel.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
  });

  it('of an answer are shown, and can be saved', async () => {
    story.simulator.use('images');
    await story.workbench.sendMessage('Draw something');
    await story.workbench.panel.getByRole('img', { name: 'Image 1 of the answer' }).waitFor();
    await story.workbench.panel.getByRole('button', { name: 'Save image' }).click();
    const file = join(story.workbench.workspace, 'drawn.png');
    await story.workbench.answerFileDialog('picture.png', file);
    assert.ok((await story.workbench.savedFile('drawn.png', /PNG/)).length > 0);
  });

  it('of the web are listed as sources', async () => {
    story.simulator.use('annotations');
    await story.workbench.sendMessage('Look it up');
    const sources = story.workbench.panel.locator('.sources').last();
    await sources.locator('summary').click();
    await sources.getByRole('list', { name: 'Sources' }).getByRole('link').first().waitFor();
    await story.workbench.screenshot('media-3-sources');
  });
});
