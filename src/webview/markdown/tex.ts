import { render } from 'katex';

/** A longer formula isn't readable and would block the page while rendering. */
const maxTexLength = 5_000;
/** In nested elements. */
const deepest = 150;

/** Macros can make a short text arbitrarily long: such a formula stays as written. */
const definition = /\\(?:[gex]?def|(?:future)?let|(?:re)?newcommand|providecommand)(?![a-zA-Z])/;

/** Two commands would set a `style` attribute, which the policy blocks: each is replaced by the closest alternative. */
const macros = {
  '\\pmb': '\\boldsymbol{#1}',
  '\\fcolorbox': '{\\color{#1}}\\fbox{\\colorbox{#2}{#3}}',
};

/**
 * Renders a TeX formula into an element as MathML, without HTML strings; false if it can't, and then the element is
 * empty. This module is its own chunk, because it is larger than the rest of the panel.
 */
export function drawTex(tex: string, element: HTMLElement, display: boolean): boolean {
  element.replaceChildren();
  if (tex.length > maxTexLength || definition.test(tex)) {
    return false;
  }
  const drawing = document.createElement('span');
  try {
    render(tex, drawing, {
      output: 'mathml',
      displayMode: display,
      // The source is more helpful than KaTeX's red message.
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxSize: 20,
      maxExpand: 500,
      macros: { ...macros },
    });
  } catch {
    return false;
  }
  // Laying out unlimited nesting would overflow the browser's stack.
  if (drawing.querySelector(`${'* > '.repeat(deepest)}*`)) {
    return false;
  }
  element.append(...drawing.childNodes);
  return true;
}
