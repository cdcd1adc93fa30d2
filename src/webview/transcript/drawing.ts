import { createContext } from 'preact';
import type { CodeColors } from '../code/codeColors.ts';
import type { KnownFiles } from '../files/knownFiles.ts';
import type { TexPainter } from '../markdown/texPainter.ts';
import { useRequired } from '../shared/page.ts';

/** What answers are drawn with. */
export interface DrawingParts {
  readonly colors: CodeColors;
  readonly tex: TexPainter;
  readonly files: KnownFiles;
}

/** Lets any component of an answer reach what it is drawn with. */
export const DrawingContext = createContext<DrawingParts | undefined>(undefined);

/** What answers are drawn with. */
export function useDrawing(): DrawingParts {
  return useRequired(DrawingContext);
}
