import { createContext, type ComponentChildren, type JSX } from 'preact';
import { useContext } from 'preact/hooks';

/** Whether this is inside a link: a nested link shows only its text. */
export const InsideLink = createContext(false);

/** A link to a web page. */
export function Link({
  target,
  title,
  children,
}: {
  readonly target: string;
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return useContext(InsideLink) ? (
    <>{children}</>
  ) : (
    <a href={target} title={title}>
      <InsideLink.Provider value={true}>{children}</InsideLink.Provider>
    </a>
  );
}
