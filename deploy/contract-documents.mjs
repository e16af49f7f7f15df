/**
 * `npm run docs`: generates documents from the schemas of the contracts: docs/asyncapi.json, docs/messages.md and the
 * users of the production NATS servers in deploy/nats; also copies the alerts into the chart, since Helm reads nothing
 * outside a chart. With `--check` it writes nothing, and fails if they are out of date or AsyncAPI's own parser finds
 * an error.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { allEvents, allRequests, asyncApi, followed, isForServices, keptForServices, problem } from '@tenure/contracts';
import { productionUsers } from './operate/dist/services/production-users.js';

const description = asyncApi();
/** Possible for every request. */
const always = ['malformed', 'forbidden', 'invalid', 'internal', 'busy', 'unavailable'];
const documents = {
  'docs/asyncapi.json': `${JSON.stringify(description, null, 2)}\n`,
  'docs/messages.md': page(),
  'deploy/nats/users.conf': productionUsers('deploy/nats'),
  'deploy/helm/tenure/files/alerts.yml': readFileSync('deploy/monitoring/alerts.yml', 'utf8'),
};

const complaints = await parserComplaints();
if (process.argv.includes('--check')) {
  for (const [file, text] of Object.entries(documents))
    if (read(file) !== text) complaints.push(`${file} is out of date: run npm run docs`);
} else for (const [file, text] of Object.entries(documents)) writeFileSync(file, text);

for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

async function parserComplaints() {
  const { diagnostics } = await new Parser().parse(JSON.stringify(description));
  const error = 0;
  return diagnostics
    .filter(({ severity }) => severity === error)
    .map(({ path, message }) => `asyncapi: ${path.join('.')}: ${message}`);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function page() {
  const own = allRequests.filter((request) => !isForServices(request));
  return [
    '# Messages',
    '',
    'Generated from the schemas in `libs/contracts` by `npm run docs`. The machine-readable version is [asyncapi.json](asyncapi.json).',
    '',
    'A request is plain JSON on `<name>.<caller>`, where the caller is the NATS user who sends it. A refusal has the header `Nats-Service-Error-Code` and an RFC 9457 problem as its body. Fields marked `?` are optional.',
    '',
    'An instant is in UTC with milliseconds, in requests too: `2027-11-24T23:00:00.000Z`. A date is a calendar day: `2027-11-24`.',
    '',
    `Besides the refusals that a message lists, any can be refused with: ${always.map((code) => `\`${code}\` (${problem(code).status})`).join(', ')}. How to handle them: [what to rely on](using-from-your-service.md#what-to-rely-on).`,
    '',
    '## For the platform’s services',
    '',
    ...allRequests.filter(isForServices).flatMap(requestSection),
    '## Events',
    '',
    'The events that services may follow, on `events.<name>.<organizationId>` in the JetStream stream `EVENTS`. Each has `id`, `type`, `schema`, `at`, `organizationId`, `accountId`, `applicationId`, `version`, `cause` and `data`. `version` increases with each change of what an event is about: apply an event only if it is newer than the one you have of that.',
    '',
    ...followed.flatMap(eventSection),
    '## Between Tenure’s own processes',
    '',
    '| name | asked by |',
    '| --- | --- |',
    ...own.map(({ name, callers }) => `| \`${name}\` | ${callers.join(', ')} |`),
    '',
    'Events that only these processes receive:',
    '',
    ...allEvents.filter((event) => !followed.includes(event)).map(({ name }) => `- \`${name}\``),
    '',
  ].join('\n');
}

function requestSection({ name, callers }) {
  return [
    `### \`${name}\``,
    '',
    payload(`${name}.request`).description,
    '',
    `Callers: ${callers.join(', ')}, and services to which an operator grants it.`,
    '',
    ...fieldTable(payload(`${name}.request`)),
    '',
    'Answer:',
    '',
    ...fieldTable(payload(`${name}.answer`)),
    '',
    'Example:',
    '',
    ...examples(`${name}.request`, `${name}.answer`),
  ];
}

function eventSection(event) {
  const { data } = payload(`${event.name}.event`).properties;
  return [
    `### \`${event.name}\``,
    '',
    keptForServices.includes(event) ? data.description : `${data.description} Available live only.`,
    '',
    ...fieldTable(data),
    '',
    ...examples(`${event.name}.event`),
  ];
}

function examples(...messages) {
  return messages
    .flatMap((message) => description.components.messages[message].examples)
    .flatMap(({ payload }) => ['```json', JSON.stringify(payload, null, 2), '```', '']);
}

function payload(message) {
  return description.components.messages[message].payload;
}

function fieldTable(schema) {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return ['Nothing.'];
  return [
    '| field | is | |',
    '| --- | --- | --- |',
    ...fields.map(
      ([field, type]) =>
        `| \`${field}${schema.required?.includes(field) ? '' : '?'}\` | ${typeOf(type)} | ${said(type)} |`,
    ),
  ];
}

function said({ description = '', default: value }) {
  return value === undefined ? description : `${description} Default: \`${value}\`.`.trim();
}

/** A short description of a JSON schema. */
function typeOf(schema) {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' or ');
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  if (schema.type === 'object' && schema.properties)
    return `{ ${Object.entries(schema.properties)
      .map(([field, type]) => `${field}${schema.required?.includes(field) ? '' : '?'}: ${typeOf(type)}`)
      .join(', ')} }`;
  if (schema.format) return schema.format === 'date-time' ? 'instant' : schema.format;
  const range =
    schema.type === 'integer' && schema.minimum > -1e9
      ? ` from ${schema.minimum}${schema.maximum < 1e15 ? ` to ${schema.maximum}` : ''}`
      : '';
  return `${[schema.type ?? 'any'].flat().join(' or ')}${range}`;
}
