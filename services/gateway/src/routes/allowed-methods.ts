import type { Route } from './route.js';

/** The methods that each address of the API has. */
export class AllowedMethods {
  readonly #addresses: readonly { pattern: RegExp; methods: readonly string[] }[];

  constructor(routes: readonly Pick<Route, 'path' | 'method'>[]) {
    this.#addresses = routes.map(({ path, method }) => ({
      // Read like a route of Express: in any case, with or without a final slash.
      pattern: new RegExp(`^/api${path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
      methods: method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
    }));
  }

  /** Sorted, each once; none if the API has no such address. */
  at(address: string): string[] {
    const methods = this.#addresses.filter(({ pattern }) => pattern.test(address)).flatMap((found) => found.methods);
    return [...new Set(methods)].sort();
  }
}
