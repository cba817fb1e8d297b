import { Component, createElement, type ComponentClass, type ComponentType, type JSX } from 'preact';

/** A component that is rendered again only when one of its properties is another value than before. */
export function memo<P extends object>(Shown: ComponentType<P>): ComponentClass<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const names = new Set([...Object.keys(this.props), ...Object.keys(next)]);
      return [...names].some((name) => Reflect.get(this.props, name) !== Reflect.get(next, name));
    }
    override render(): JSX.Element {
      return createElement(Shown, this.props as P);
    }
  };
}
