import type { Route } from '../routes/route.js';
import { openApiDocument } from './openapi.js';
import type { JsonSchema } from './schemas.js';

/** The OpenAPI document of the routes that this gateway serves. Sandbox routes are listed only in a sandbox. */
export class ApiDescription {
  readonly document: JsonSchema;

  constructor(
    routes: readonly Route[],
    { sandbox, ...signIn }: { issuer: string; audience: string; sessionCookie: string; sandbox: boolean },
  ) {
    this.document = openApiDocument(
      routes.filter(({ sandboxOnly }) => sandbox || !sandboxOnly),
      signIn,
    );
  }
}
