import type { Route } from '../routes/route.js';
import { openApiDocument } from './openapi.js';
import type { JsonSchema } from './schemas.js';

/** The OpenAPI document of the routes that this gateway serves. */
export class ApiDescription {
  readonly document: JsonSchema;

  constructor(routes: readonly Route[], signIn: { issuer: string; audience: string; sessionCookie: string }) {
    this.document = openApiDocument(routes, signIn);
  }
}
