import type { Route } from '../routes/route.js';
import { openApiDocument } from './openapi.js';
import type { JsonSchema } from './schemas.js';

/**
 * The OpenAPI document of the routes that this gateway serves. It is generated when it is first requested, which takes a
 * seventh of the gateway's start.
 */
export class ApiDescription {
  #document: JsonSchema | undefined;

  constructor(
    private readonly routes: readonly Route[],
    private readonly signIn: { issuer: string; audience: string; sessionCookie: string },
  ) {}

  get document(): JsonSchema {
    return (this.#document ??= openApiDocument(this.routes, this.signIn));
  }
}
