import { idempotencyKey, portable, problem, type ErrorCode } from '@tenure/contracts';
import { may, whoMay } from '../domain/rights.js';
import { takesBody, type Route } from '../routes/route.js';
import { descriptionOf } from './parameters.js';
import { namedSchemas, schemaOf, type JsonSchema } from './schemas.js';

const problemType = 'application/problem+json';

/** What applies to every call, for developers of client programs; Markdown. */
const description = `Accounts, applications and subscriptions of an energy management platform.

**Authentication.** A program sends an access token of the identity provider and has the rights of the member that the token belongs to.

**Errors.** Every error is an RFC 9457 problem with a stable \`code\` and, for invalid fields, \`errors\` with the path of each. Handle a code that you do not know by its status. Every answer has an \`X-Request-Id\` (your own, if you send one of letters, digits and \`_ . / : -\`), with which the operator can find the cause in the log.

**Retries.** 429 and 503 say in \`Retry-After\` how many seconds to wait. After 429 nothing was done; after 5xx or no answer the outcome is unknown.

**Idempotency.** Retry calls that require an \`Idempotency-Key\` with the same key: the same key and request return the first answer. A key belongs to one member; using it for another request is refused. Calls without one can be repeated as they are: they set a state, name what they create, or replace it. A repeated \`DELETE\` is answered \`not_found\`.

**Pagination.** \`next\` is the \`cursor\` of the next page, with the same filters and order; it is null on the last page. A page may have fewer items than its \`limit\` if their texts are long.

**Generated clients.** Fields of requests that have a default may be left out. \`openapi-typescript\` takes them for required unless it is called with \`--default-non-nullable false\`.

**Compatibility.** Later versions add fields to answers and values to lists such as roles or kinds of notices: ignore what you do not know. Existing ones stay.

**Values.** An instant is in UTC with milliseconds, \`2027-11-24T23:00:00.000Z\`; a date is a calendar day in the account's time zone. A body is JSON in UTF-8, at most 64 KiB.`;

/** The API's OpenAPI 3.1 document, generated from the definitions that check the requests. */
export function openApiDocument(
  routes: readonly Route[],
  { sessionCookie, ...tokens }: { issuer: string; audience: string; sessionCookie: string },
): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route);
  return portable({
    openapi: '3.1.0',
    info: {
      title: 'Tenure',
      version: '1',
      description,
    },
    servers: [{ url: '/api' }],
    security: [{ signIn: [] }, { session: [] }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        signIn: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: `An access token issued by ${tokens.issuer} for ${tokens.audience}. A token from before its member signed out everywhere is refused with \`token_expired\`; only the issuer can keep a program from getting a new one.`,
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description:
            "The console's session, created by `/auth/sign-in`. Changes need the header `X-CSRF-Token` with the token from `/auth/session`. `POST /auth/sign-out-everywhere` ends all of the caller's sessions and all tokens issued until then.",
        },
      },
      schemas: namedSchemas(),
    },
  });
}

function operation(route: Route): JsonSchema {
  return {
    operationId: operationIdOf(route),
    tags: [tagOf(route)],
    summary: route.summary,
    description: [route.description, whoIsAllowed(route)].filter(Boolean).join('\n\n'),
    parameters: parametersOf(route),
    ...(takesBody(route) && {
      requestBody: {
        // An empty body counts as an empty object.
        required: !route.body.safeParse({}).success,
        content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: { ...answersOf(route), ...refusalsOf(route) },
  };
}

function operationIdOf({ action }: Route): string {
  return action.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The tag of a route, by the beginning of its path; other routes are tagged by who may call them. */
const subjects: Record<string, string> = {
  applications: 'applications',
  accounts: 'accounts',
  'reminder-policy': 'reminder policy',
  'email-domains': 'email domains',
  organization: 'email domains',
  deliveries: 'e-mails',
  'marked-addresses': 'e-mails',
  calendars: 'calendars',
  sandbox: 'sandbox',
};

function tagOf({ action, path }: Route): string {
  const [first = '', second] = path.slice(1).split(/[/.]/);
  const subject = second === 'names' ? undefined : subjects[first];
  return subject ?? (isForEveryMember(action) ? 'for every member' : 'for members with a role');
}

function isForEveryMember(action: Route['action']): boolean {
  return whoMay(action).includes('no_role');
}

const anyOf = new Intl.ListFormat('en-US', { type: 'disjunction' });

function whoIsAllowed({ action }: Route): string {
  return isForEveryMember(action)
    ? 'Every member may call this.'
    : `Requires the role ${anyOf.format(whoMay(action).map((role) => `\`${role}\``))}.`;
}

function parametersOf(route: Route): JsonSchema[] {
  const parts = [
    { place: 'path', schema: schemaOf(route.params, 'input') },
    { place: 'query', schema: schemaOf(route.query, 'input') },
  ];
  const parameters = parts.flatMap(({ place, schema }) =>
    Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).map(([name, own]) => ({
      name,
      in: place,
      required: (schema['required'] as string[] | undefined)?.includes(name) ?? false,
      ...(own['description'] === undefined && { description: descriptionOf(route, { name, place }) }),
      schema: own,
    })),
  );
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'A value that you choose. Retrying the same request with it returns the first answer.',
    schema: schemaOf(idempotencyKey, 'input'),
  };
  return route.idempotent ? [...parameters, key] : parameters;
}

function answersOf({ status, located, answer, accepted, produces }: Route): Record<string, JsonSchema> {
  const address = { Location: { description: 'The address of the application.', schema: { type: 'string' } } };
  return {
    [status]: {
      description: status === 201 ? 'Created' : 'OK',
      ...(located && { headers: address }),
      content: { [produces ?? 'application/json']: { schema: schemaOf(answer, 'output') } },
    },
    ...(accepted && {
      202: {
        description: 'Stored, but not settled yet',
        headers: address,
        content: { 'application/json': { schema: schemaOf(accepted, 'output') } },
      },
    }),
  };
}

const whenToComeBack = {
  'Retry-After': { description: 'Seconds to wait.', required: true, schema: { type: 'integer', minimum: 1 } },
};

/** One response per status, listing the error codes that it can have. */
function refusalsOf(route: Route): Record<string, JsonSchema> {
  const codes = codesOf(route);
  const statuses = [...new Set(codes.map((code) => problem(code).status))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes
          .filter((code) => problem(code).status === status)
          .map((code) => `- \`${code}\`: ${problem(code).title}.`)
          .join('\n'),
        ...([429, 503].includes(status) && { headers: whenToComeBack }),
        content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function codesOf(route: Route): ErrorCode[] {
  const isLimited = !may({ roles: [] }, route.action);
  const canBeUnreadable = takesBody(route) || Object.keys(route.params.shape).length > 0;
  return [
    ...new Set<ErrorCode>([
      ...(canBeUnreadable ? (['malformed'] as const) : []),
      ...(takesBody(route) ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
      ...(route.idempotent ? (['idempotency_key_missing', 'idempotency_key_reused'] as const) : []),
      ...(['unauthenticated', 'token_expired', 'token_invalid', 'session_expired', 'member_unknown'] as const),
      ...(route.method !== 'get' ? (['csrf_rejected'] as const) : []),
      ...(isLimited ? (['forbidden'] as const) : []),
      ...route.errors,
      ...(['invalid', 'too_many_requests', 'internal', 'busy', 'unavailable', 'timeout'] as const),
    ]),
  ];
}
