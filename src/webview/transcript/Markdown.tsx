import { effect, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import { AnswerBlocks } from '../markdown/answerBlocks.ts';
import type { Block } from '../markdown/blocks.ts';
import type { BlockGroup } from '../markdown/blockGroups.ts';
import { WholeText } from './CodeBlock.tsx';
import { renderBlock } from './render.tsx';
import { memo } from '../shared/memo.ts';

/** Markdown text, and whether more may arrive. */
export interface GrowingText {
  readonly text: string;
  readonly complete: boolean;
}

/** Renders growing Markdown; settled blocks are never rendered again. */
export function Markdown({ source }: { readonly source: ReadonlySignal<GrowingText> }): JSX.Element {
  const blocks = useMemo(() => {
    const first = new AnswerBlocks();
    // Existing content is in the first render: nothing moves when an old answer appears.
    first.take(source.peek().text, source.peek().complete);
    return first;
  }, [source]);
  useLayoutEffect(() => {
    const unfollow = effect(() => {
      blocks.take(source.value.text, source.value.complete);
    });
    return () => {
      unfollow();
      blocks.stop();
    };
  }, [blocks, source]);
  const wasWhole = useMemo(() => source.peek().complete, [source]);
  return (
    <WholeText.Provider value={wasWhole}>
      <div class={blocks.behind.value ? 'markdown behind' : 'markdown'}>
        {blocks.drawn.value.map((group, at) => (
          <BlockGroupView key={at} group={group} />
        ))}
      </div>
    </WholeText.Provider>
  );
}

/** A part of the text that the browser skips while it is far away. */
const BlockGroupView = memo(({ group }: { readonly group: BlockGroup }): JSX.Element => (
  <div class="stretch">
    {group.map((block) => (
      <BlockView key={block.key} block={block} />
    ))}
  </div>
));

const BlockView = memo(({ block }: { readonly block: Block }): JSX.Element => renderBlock(block));
