import { errorStatus, idempotencyKey, portable, type ErrorCode } from '@tenure/contracts';
import { may, whoMay } from '../domain/rights.js';
import { takesBody, type Route } from '../routes/route.js';
import { namedSchemas, schemaOf, type JsonSchema } from './schemas.js';

const problemType = 'application/problem+json';

/** What holds for every call, for who writes a program; as Markdown. */
const description = `Accounts, applications and subscriptions of an energy management platform.

**Who asks.** A program sends an access token of the identity provider, and may do what the member may whose token it is.

**Refusals.** Every one is an RFC 9457 problem with a \`code\`, which does not change, and, where fields are wrong, \`errors\` with the path of each. Take a code that you do not know by its status. Each answer has an \`X-Request-Id\` (yours, if you send one of letters, digits and \`_ . / : -\`), by which whoever operates this finds what went wrong.

**Later.** 429 and 503 say in \`Retry-After\` after how many seconds to come back. Of 429 nothing was done; after 5xx or no answer it is not known.

**Once.** So send again with the same \`Idempotency-Key\` what asks for one: the same key and request give the first answer. A key is one member's; with another request it is refused.

**Pages.** \`next\` is the \`cursor\` of the following page, with the same filters and order; null on the last one. A page may have fewer items than its \`limit\`, where their texts are long.

**What may come.** Answers get new fields, and lists such as roles or kinds of notices new members: pass over what you do not know. What is there stays.

**Values.** An instant is in UTC with milliseconds, \`2027-11-24T23:00:00.000Z\`; a date is a day of the calendar in the account's time zone. A body is JSON in UTF-8, of 64 KiB at most.`;

/** The API's description in OpenAPI 3.1, made from the definitions that check the requests. */
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
          description: `An access token of ${tokens.issuer}, for ${tokens.audience}. One that was issued before its member signed out everywhere is \`token_expired\`; only the issuer can keep a program from getting another.`,
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description:
            "The console's session, made by `/auth/sign-in`. Changes need the header `X-CSRF-Token` with the token of `/auth/session`. `POST /auth/sign-out-everywhere` ends all sessions of whoever asks, and the tokens that were issued until then.",
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
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } },
    }),
    responses: { ...answersOf(route), ...refusalsOf(route) },
  };
}

function operationIdOf({ action }: Route): string {
  return action.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Where a route stands, by the beginning of its path; the rest stands by who may ask it. */
const subjects: Record<string, string> = {
  applications: 'applications',
  accounts: 'accounts',
  'reminder-policy': 'reminder policy',
  'email-domains': 'e-mail domains',
  organization: 'e-mail domains',
  deliveries: 'e-mails',
  'marked-addresses': 'e-mails',
  calendars: 'calendars',
  sandbox: 'sandbox',
};

function tagOf({ action, path }: Route): string {
  const [first = '', second] = path.slice(1).split(/[/.]/);
  const subject = second === 'names' ? undefined : subjects[first];
  return subject ?? (isForEveryMember(action) ? 'for every member' : 'for who may enter a section');
}

function isForEveryMember(action: Route['action']): boolean {
  return whoMay(action).includes('no_role');
}

function whoIsAllowed({ action }: Route): string {
  return isForEveryMember(action)
    ? 'For every member.'
    : `For ${whoMay(action)
        .map((role) => `\`${role}\``)
        .join(', ')}.`;
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
      required: place === 'path',
      schema: own,
    })),
  );
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'A value of your own. Sending it again with the same request gives the first answer.',
    schema: schemaOf(idempotencyKey, 'input'),
  };
  return route.idempotent ? [...parameters, key] : parameters;
}

function answersOf({ status, located, answer, accepted, produces }: Route): Record<string, JsonSchema> {
  const address = { Location: { description: 'Address of the application.', schema: { type: 'string' } } };
  return {
    [status]: {
      description: status === 201 ? 'Created' : 'Answer',
      ...(located && { headers: address }),
      content: { [produces ?? 'application/json']: { schema: schemaOf(answer, 'output') } },
    },
    ...(accepted && {
      202: {
        description: 'Stored, and not settled yet',
        headers: address,
        content: { 'application/json': { schema: schemaOf(accepted, 'output') } },
      },
    }),
  };
}

const whenToComeBack = {
  'Retry-After': { description: 'After so many seconds.', required: true, schema: { type: 'integer', minimum: 1 } },
};

/** One response per status, naming the codes that it can bear. */
function refusalsOf(route: Route): Record<string, JsonSchema> {
  const codes = codesOf(route);
  const statuses = [...new Set(codes.map((code) => errorStatus[code]))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes
          .filter((code) => errorStatus[code] === status)
          .map((code) => `\`${code}\``)
          .join(', '),
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
