import { createContext } from 'preact';
import type { CodeColors } from '../code/codeColors.ts';
import type { KnownFiles } from '../files/knownFiles.ts';
import type { TexPainter } from '../markdown/texPainter.ts';
import { useRequired } from '../shared/page.ts';

/** What answers are rendered with. */
export interface DrawingParts {
  readonly colors: CodeColors;
  readonly tex: TexPainter;
  readonly files: KnownFiles;
}

/** Gives answer components access to it. */
export const DrawingContext = createContext<DrawingParts | undefined>(undefined);

/** What answers are rendered with. */
export function useDrawing(): DrawingParts {
  return useRequired(DrawingContext);
}
