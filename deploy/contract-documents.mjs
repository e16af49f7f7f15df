/**
 * `npm run docs`: writes what others read of the contracts, made from the schemas themselves: docs/asyncapi.json,
 * docs/messages.md, and the users of the production NATS servers in deploy/nats; and the chart's copy of the alerts, since
 * Helm reads nothing outside of a chart. With `--check` it writes nothing, and fails where they are out of date or
 * AsyncAPI's own parser finds an error.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { allEvents, allRequests, asyncApi, isForServices } from '@tenure/contracts';
import { readAddedServices } from '../libs/platform/dist/command/added-services.js';
import { productionUsers } from './operate/dist/services/production-users.js';

const description = asyncApi();
const documents = {
  'docs/asyncapi.json': `${JSON.stringify(description, null, 2)}\n`,
  'docs/messages.md': page(),
  'deploy/nats/users.conf': productionUsers(readAddedServices('deploy/nats')),
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
    'Made from the schemas in `libs/contracts` by `npm run docs`; the whole of it for machines is [asyncapi.json](asyncapi.json).',
    '',
    'A request is plain JSON on `<name>.<caller>`, where the caller is the NATS user who asks. A refusal has the header `Nats-Service-Error-Code` and an RFC 9457 problem as its body. Fields marked `?` may be left out.',
    '',
    '## For the platform’s services',
    '',
    ...allRequests.filter(isForServices).flatMap(requestSection),
    '## Events',
    '',
    'On `events.<name>.<organizationId>` in the JetStream stream `EVENTS`. Each has `id`, `type`, `schema`, `at`, `organizationId`, `accountId`, `applicationId`, `version`, `cause` and, in `data`:',
    '',
    ...allEvents.flatMap(({ name }) => [
      `### \`${name}\``,
      '',
      ...fieldTable(payload(`${name}.event`).properties.data),
      '',
    ]),
    '## Between Tenure’s own processes',
    '',
    '| name | asked by |',
    '| --- | --- |',
    ...own.map(({ name, callers }) => `| \`${name}\` | ${callers.join(', ')} |`),
    '',
  ].join('\n');
}

function requestSection({ name, callers }) {
  return [
    `### \`${name}\``,
    '',
    `Asked by ${callers.join(', ')}.`,
    '',
    ...fieldTable(payload(`${name}.request`)),
    '',
    'Answered with:',
    '',
    ...fieldTable(payload(`${name}.answer`)),
    '',
  ];
}

function payload(message) {
  return description.components.messages[message].payload;
}

function fieldTable(schema) {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return ['Nothing.'];
  return [
    '| field | is |',
    '| --- | --- |',
    ...fields.map(
      ([field, type]) => `| \`${field}${schema.required?.includes(field) ? '' : '?'}\` | ${typeOf(type)} |`,
    ),
  ];
}

/** A JSON schema in a few words. */
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
  return `${schema.type ?? 'any'}${range}`;
}
