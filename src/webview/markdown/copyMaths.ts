/**
 * Copies formulas as their sources: what is drawn of them would be one symbol a line. For the time of reading the
 * selection, the sources stand in the place of the drawings.
 */
export function copyMathsAsTex(): void {
  document.addEventListener('copy', (event) => {
    const selection = document.getSelection();
    const formulas = [...document.querySelectorAll('.maths')];
    if (!selection || !formulas.some((formula) => selection.containsNode(formula, true))) {
      return;
    }
    document.documentElement.classList.add('copying');
    const text = selection.toString();
    document.documentElement.classList.remove('copying');
    // A selection inside of one formula has no source to give.
    if (text !== '') {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    }
  });
}
