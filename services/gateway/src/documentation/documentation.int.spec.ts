import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { forAllTests } from '@tenure/testing';
import { allRoutes } from '../gateway.module.js';
import { call } from '../testing/call.js';
import { accountId, newAccount } from '../testing/samples.js';
import { setStage } from '../testing/stage.js';

interface Media {
  schema: object;
}
interface Operation {
  operationId: string;
  tags: string[];
  description: string;
  parameters: { name: string; in: string; required: boolean; description?: string; schema: object }[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, { description: string; headers?: object; content: Record<string, Media> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

describe('the OpenAPI document', () => {
  const stage = forAllTests(() => setStage({ environment: { SANDBOX: 'on' } }));
  let document: Document;
  let checkAll: Ajv2020;
  beforeAll(async () => {
    document = (await call(stage.url, 'GET /api/openapi.json')).body as Document;
    checkAll = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(checkAll);
    checkAll.addSchema({ $id: 'https://tenure.example/openapi', ...document });
  });

  /** Fails if a reference cannot be resolved. */
  const compiled = (schema: object): ValidateFunction =>
    checkAll.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://tenure.example/openapi#/')) as object,
    );

  const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path));

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate({ ...document })).toEqual({ valid: true });
    expect([validator.version, document.openapi]).toEqual(['3.1', '3.1.0']);
  });

  it('has every route with its method, each with a unique operation id', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual(allRoutes.map(({ method, path }) => `${method} ${path}`).sort());
    expect(new Set(operations().map(({ operationId }) => operationId)).size).toBe(allRoutes.length);
  });

  it('tags only what every member may call with "for every member"', () => {
    const theirs = operations().filter(({ tags }) => tags.includes('for every member'));
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.filter(({ description }) => !description.endsWith('Every member may call this.'))).toEqual([]);
  });

  it('omits the clock outside a sandbox', async () => {
    const strict = await setStage();
    const { body } = await call(strict.url, 'GET /api/openapi.json');
    await strict.close();
    const hidden = allRoutes.filter(({ sandboxOnly }) => sandboxOnly).map(({ path }) => path);
    expect(hidden).toHaveLength(1);
    expect(Object.keys((body as Document).paths)).toEqual(
      Object.keys(document.paths).filter((path) => !hidden.includes(path as never)),
    );
  });

  it('has schemas that all resolve and compile', () => {
    const named = Object.values(document.components.schemas);
    const inPlace = operations().flatMap(({ parameters, requestBody, responses }) => [
      ...parameters.map(({ schema }) => schema),
      ...Object.values(requestBody?.content ?? {}).map(({ schema }) => schema),
      ...Object.values(responses).flatMap(({ content }) => Object.values(content).map(({ schema }) => schema)),
    ]);
    // Nearly all of them occur many times. To compile each occurrence would block the gateway in this process for so long
    // on a busy machine that NATS drops its connection, and the requests of the tests below would be answered 503.
    const all = [...new Set([...named, ...inPlace].map((schema) => JSON.stringify(schema)))];
    expect(all.map((schema) => typeof compiled(JSON.parse(schema) as object))).toEqual(all.map(() => 'function'));
  });

  it('has no pattern that only JavaScript supports: no lookaround, no Unicode class, no octal escape', () => {
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
      ([, text]) => JSON.parse(text!) as string,
    );
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.filter((pattern) => /\(\?[=!<]|\\p|\\0/i.test(pattern))).toEqual([]);
  });

  it('has alternative schemas instead of lists of types, apart from nullable ones', () => {
    const lists = [...JSON.stringify(document).matchAll(/"type":\[(.+?)\]/g)].map(([, list]) => list!);
    expect(lists.filter((list) => !list.includes('"null"'))).toEqual([]);
  });

  it('leaves the objects of answers open, because later versions add fields, and those of requests closed', () => {
    const closed = '"additionalProperties":false';
    const { ApplicationRequest: sent, ...answered } = document.components.schemas;
    expect(JSON.stringify([answered, operations().map(({ responses }) => responses)])).not.toContain(closed);
    const bodies = [
      sent!,
      ...operations().flatMap(({ requestBody }) => requestBody?.content['application/json'] ?? []),
    ];
    expect(bodies.filter((body) => !JSON.stringify(body).match(`${closed}|/ApplicationRequest"`))).toEqual([]);
  });

  it('does not repeat the format of an id, a date or an instant as a pattern in answers: clients read it into a type of their own', () => {
    const { ApplicationRequest: _, ...answered } = document.components.schemas;
    const text = JSON.stringify([answered, operations().map(({ responses }) => responses)]);
    expect(text).toContain('"format":"date-time"');
    expect(text).not.toMatch(/"format":"(uuid|date|date-time)","pattern"/);
  });

  it('has no field whose inline schema generators would give the name of another schema', () => {
    const { schemas } = document.components;
    const inline = Object.entries(schemas).flatMap(([name, schema]) =>
      Object.entries((schema as { properties?: Record<string, object> }).properties ?? {})
        .filter(([, field]) => !Object.hasOwn(field, '$ref'))
        .map(([field]) => `${name}${field[0]!.toUpperCase()}${field.slice(1)}`),
    );
    expect(inline.filter((name) => Object.hasOwn(schemas, name))).toEqual([]);
  });

  it('requires a body only if the call refuses an empty one', () =>
    expect(
      operations()
        .filter(({ requestBody }) => requestBody?.required === false)
        .map(({ operationId }) => operationId)
        .sort(),
    ).toEqual([
      'continuePolicyChange',
      'createCalendarFeed',
      'stopPolicyChange',
      'verifyEmailDomain',
      'withdrawApplication',
    ]));

  it('describes a version in a path as an integer', () =>
    expect(
      document.paths['/reminder-policy/changes/{version}/stop']!['post']!.parameters.map(({ schema }) => schema),
    ).toEqual([{ type: 'integer', minimum: 2, maximum: 1_000_000_000 }]));

  it('documents the header Retry-After of every 429 and 503', () => {
    const later = operations().flatMap(({ responses }) => [responses['429'], responses['503']]);
    expect(later.filter((response) => !Object.hasOwn(response!.headers ?? {}, 'Retry-After'))).toEqual([]);
  });

  it('has the descriptions of the schemas of parameters and fields', () => {
    const text = JSON.stringify(operations());
    for (const sentence of [
      'Ids of applications, separated by commas.',
      'How long before the last day each reminder is sent',
      'What was due between `from` and `to`, earliest first.',
    ])
      expect(text).toContain(`"description":"${sentence}`);
  });

  it('describes every parameter', () =>
    expect(
      operations().flatMap(({ operationId, parameters }) =>
        parameters
          .filter(({ description, schema }) => !description && !Object.hasOwn(schema, 'description'))
          .map(({ name }) => `${operationId} ${name}`),
      ),
    ).toEqual([]));

  it('lists as required every path parameter and the query parameters without which a call is refused', async () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const { parameters } of Object.values(methods)) {
        const inAddress = parameters.filter(({ in: place }) => place === 'path');
        expect(inAddress.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
        expect(inAddress.every(({ required }) => required)).toBe(true);
      }
    expect(
      operations().flatMap(({ operationId, parameters }) =>
        parameters
          .filter(({ in: place, required }) => place === 'query' && required)
          .map(({ name }) => `${operationId} ${name}`),
      ),
    ).toEqual(['checkApplications applicationIds']);
    const without = await call(stage.url, 'GET /api/applications/checks', {
      token: await stage.issuer.token('customer_success'),
    });
    expect([without.status, without.problem.errors?.map(({ path }) => path)]).toEqual([422, ['applicationIds']]);
  });

  it('requires an Idempotency-Key where the call needs one', () => {
    const withKey = operations().filter(({ parameters }) => parameters.some(({ name }) => name === 'Idempotency-Key'));
    expect(withKey.map(({ operationId }) => operationId).sort()).toEqual([
      'changeReminderPolicy',
      'decideApplication',
      'moveClock',
      'resolveDelivery',
      'submitApplication',
      'withdrawApplication',
    ]);
  });

  it('has schemas that match the real answers', async () => {
    const token = await stage.issuer.token('super_admin');
    for (const [address, path] of [
      ['GET /api/me', '/me'],
      ['GET /api/countries', '/countries'],
      ['GET /api/accounts', '/accounts'],
      [`GET /api/accounts/${accountId}`, '/accounts/{accountId}'],
      [`GET /api/accounts/${accountId}/timeline`, '/accounts/{accountId}/timeline'],
    ] as const) {
      const { body } = await call(stage.url, address, { token });
      const check = compiled(document.paths[path]!['get']!.responses['200']!.content['application/json']!.schema);
      expect([address, check(body), check.errors]).toEqual([address, true, null]);
    }
  });

  it('accepts and refuses the same applications as the API, and describes its refusals', async () => {
    const { requestBody, responses } = document.paths['/applications']!['post']!;
    const check = compiled(requestBody!.content['application/json']!.schema);
    expect(check(newAccount)).toBe(true);
    expect(check({ ...newAccount, datapoints: 19 })).toBe(false);
    expect(check({ ...newAccount, approved: true })).toBe(false);
    const refused = await call(stage.url, 'POST /api/applications', {
      token: await stage.issuer.token('super_admin'),
      body: {},
      key: 'one',
    });
    const problem = compiled(responses['422']!.content['application/problem+json']!.schema);
    expect([problem(refused.body), problem.errors]).toEqual([true, null]);
  });

  it('describes the refusals of an unknown query parameter and of an address that cannot be decoded', async () => {
    const token = await stage.issuer.token('super_admin');
    const unknown = await call(stage.url, 'GET /api/me?verbose=1', { token });
    const unreadable = await call(stage.url, 'GET /api/accounts/%E0%A4%A', { token });
    expect([unknown.status, unreadable.status]).toEqual([422, 400]);
    expect(Object.keys(document.paths['/me']!['get']!.responses)).toContain('422');
    expect(Object.keys(document.paths['/accounts/{accountId}']!['get']!.responses)).toContain('400');
  });

  it('documents the header Location only for the answers that have it', () =>
    expect(
      operations().flatMap(({ operationId, responses }) =>
        Object.entries(responses).flatMap(([status, { headers }]) =>
          headers === undefined || !Object.hasOwn(headers, 'Location') ? [] : [`${operationId} ${status}`],
        ),
      ),
    ).toEqual(['submitApplication 201', 'decideApplication 202']));

  it('has a page that loads everything from this host', async () => {
    const page = await call(stage.url, 'GET /api/docs');
    const sources = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source);
    expect(sources).toEqual(['/api/docs/page.js', '/api/docs/standalone.js']);
    const scripts = await Promise.all(sources.map((source) => call(stage.url, `GET ${source}`)));
    expect(scripts.map(({ status, headers }) => [status, headers.get('content-type')?.split(';')[0]])).toEqual([
      [200, 'text/javascript'],
      [200, 'text/javascript'],
    ]);
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
  });
});
