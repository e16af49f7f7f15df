/**
 * Checks `docker-compose.yml` as far as possible without Docker: against the schema of the Compose Specification, and
 * for rules that a schema cannot express. `node deploy/check-compose.mjs [file]`
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

const repository = path.resolve(import.meta.dirname, '..');
const file = process.argv[2] ?? path.join(repository, 'docker-compose.yml');
const compose = parse(readFileSync(file, 'utf8'), { merge: true });
const complaints = [...againstSchema(), ...againstOurRules(), ...badImages()];
for (const complaint of complaints) console.error(complaint);
if (complaints.length === 0)
  console.log(`${path.basename(file)}: ${Object.keys(compose.services).length} services, no complaints`);
process.exitCode = complaints.length === 0 ? 0 : 1;

function againstSchema() {
  const { $schema: _draft07, ...schema } = JSON.parse(
    readFileSync(path.join(repository, 'deploy/schemas/compose-spec.json'), 'utf8'),
  );
  // Its formats (`duration`, `ports` …) are mere names: the specification defines no grammar for them.
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  return validate(compose)
    ? []
    : validate.errors.map(
        ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
      );
}

function againstOurRules() {
  const services = Object.entries(compose.services ?? {});
  const names = new Set(services.map(([name]) => name));
  return services.flatMap(([name, service]) => {
    const waitsFor = Object.entries(service.depends_on ?? {});
    const script = [service.command ?? []].flat().find((word) => word.endsWith('.js'));
    return [
      ...waitsFor
        .filter(([other]) => !names.has(other))
        .map(([other]) => `${name} waits for ${other}, which is not a service`),
      ...waitsFor.flatMap(([other, { condition }]) => badWait(name, other, condition)),
      ...(isOneShot(name) || service.healthcheck ? [] : [`${name} keeps running and has no health check`]),
      ...(script && !existsSync(sourceOf(script)) ? [`${name} runs ${script}, which has no source`] : []),
      ...(service.image && !/:[\w.-]+$/.test(service.image) ? [`${name} has an image without a version`] : []),
    ];
  });
}

/** An image that several services build is a different one for each, and the next start recreates their containers. */
function badImages() {
  const ours = Object.values(compose.services ?? {}).filter(
    ({ build, pull_policy }) => build !== undefined || pull_policy === 'never',
  );
  return [...Map.groupBy(ours, ({ image }) => image)].flatMap(([image, users]) => {
    const builders = users.filter(({ build }) => build !== undefined).length;
    return builders === 1 ? [] : [`${image} is built by ${builders} services: it should be one`];
  });
}

/** Others wait for a one-shot service until it has succeeded, and for any other until it is healthy. */
function badWait(name, other, condition) {
  const right = isOneShot(other) ? 'service_completed_successfully' : 'service_healthy';
  return condition === right ? [] : [`${name} waits until ${other} is ${condition}: it should be ${right}`];
}

function isOneShot(name) {
  return compose.services[name]?.restart === 'no';
}

function sourceOf(script) {
  return path.join(repository, script.replace('/dist/', '/src/').replace(/(\.bundle)?\.js$/, '.ts'));
}
