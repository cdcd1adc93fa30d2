import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { FilePlace } from '../../protocol/fileLookup.ts';
import { usePage } from '../shared/page.ts';
import { useDrawing } from './drawing.ts';
import { InsideLink } from './Link.tsx';

interface FileLinkProps {
  readonly place: FilePlace;
  /** What is shown while no such file is known. */
  readonly otherwise: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Links to a file location if the workspace has it. */
export function FileLink(props: FileLinkProps): JSX.Element {
  return useContext(InsideLink) ? <>{props.otherwise}</> : <OuterFileLink {...props} />;
}

function OuterFileLink({ place, otherwise, children }: FileLinkProps): JSX.Element {
  const { host } = usePage();
  const { files } = useDrawing();
  if (!files.has(place.path).value) {
    return <>{otherwise}</>;
  }
  const open = (): void => {
    host.post({ type: 'openFile', place });
  };
  // Not a button, because a long path must wrap and be copied like text.
  return (
    <a
      class="file"
      role="link"
      tabIndex={0}
      title={titleOf(place)}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          open();
        }
      }}
    >
      <InsideLink.Provider value={true}>{children}</InsideLink.Provider>
    </a>
  );
}

function titleOf({ path, line }: FilePlace): string {
  return line === undefined ? t('Open {0}', path) : t('Open {0} at line {1}', path, line);
}
