import { createContext, type ComponentChildren, type JSX } from 'preact';
import { useContext } from 'preact/hooks';

/** Whether something is drawn inside of a link: what would be a link there is its text only. */
export const InsideLink = createContext(false);

/** A link to a page of the web. */
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
