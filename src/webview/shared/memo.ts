import { Component, createElement, type ComponentType, type JSX } from 'preact';

/** A component that renders again only when a property changes identity. */
export function memo<Props extends object>(draw: ComponentType<Props>): ComponentType<Props> {
  return class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      for (const name in next) {
        if (next[name] !== this.props[name]) {
          return true;
        }
      }
      return false;
    }

    override render(): JSX.Element {
      return createElement(draw, this.props);
    }
  };
}
