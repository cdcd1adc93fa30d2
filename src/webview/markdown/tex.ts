import { render } from 'katex';

/** More than this is no formula that one reads, and would keep the page from answering while it is drawn. */
const maxTexLength = 5_000;
/** In elements that hold one another. */
const deepest = 150;

/** Whoever may define macros can make a short text as long as they like: such a formula stays as it was written. */
const definition = /\\(?:[gex]?def|(?:future)?let|(?:re)?newcommand|providecommand)(?![a-zA-Z])/;

/** Two commands would set a `style` attribute, which the panel's policy refuses: each becomes what is nearest to it. */
const macros = {
  '\\pmb': '\\boldsymbol{#1}',
  '\\fcolorbox': '{\\color{#1}}\\fbox{\\colorbox{#2}{#3}}',
};

/**
 * Draws a formula in TeX into an element, as MathML without a string of HTML; false if it cannot be drawn, and then
 * the element is empty. This module is a chunk of its own, because it is larger than the rest of the panel.
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
      // The source says more than KaTeX's message in red.
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
  // Laying out what is nested without end would overflow the browser's own stack.
  if (drawing.querySelector(`${'* > '.repeat(deepest)}*`)) {
    return false;
  }
  element.append(...drawing.childNodes);
  return true;
}
