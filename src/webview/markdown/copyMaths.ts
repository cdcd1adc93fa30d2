/**
 * Copies formulas as their TeX source: the rendered form would copy one symbol per line. While the selection is read,
 * sources replace the rendered formulas.
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
    // A selection within one formula has no source to give.
    if (text !== '') {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    }
  });
}
