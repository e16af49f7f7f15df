/**
 * Checks the Helm chart as far as possible without a cluster: renders it with each values file in its folder `ci`, and
 * validates the result against Kubernetes' schemas and our rules. The values in `ci/refused` have to be refused, with
 * the sentence that each file states. `node deploy/check-helm.mjs [chart]`; exits with 3 if the tools are missing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';
import { complaintsOf } from './trials/dist/helm/rules.js';
import { findHelm, kubernetesSchemas } from './trials/dist/helm/tools.js';

const chart = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, 'helm/tenure'));
const least = path.join(chart, 'ci/least-values.yaml');
/** Kinds of the Prometheus operator, which Kubernetes' schemas do not include. */
const ofOthers = 'monitoring.coreos.com/v1';

const tools = await findTools();
if (tools) {
  const kinds = tools.schemas.map(({ version, read }) => ({ version, validatorOf: validators(read) }));
  const complaints = [...accepted(kinds), ...refused()];
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}

async function findTools() {
  try {
    const [helm, schemas] = await Promise.all([findHelm(), kubernetesSchemas()]);
    return { helm, schemas };
  } catch (error) {
    console.log(`The Helm chart is not checked: ${error.message.split('\n')[0]}`);
    process.exitCode = 3;
    return undefined;
  }
}

function accepted(kinds) {
  return filesIn('ci').flatMap((file) => {
    const about = (words) => `${path.basename(file)}: ${words}`;
    const lint = helm('lint', '--strict', '--quiet', chart, '-f', least, '-f', file);
    if (lint.status !== 0) return [about(`${lint.stdout}${lint.stderr}`)];
    const { status, stdout, stderr } = render(file);
    if (status !== 0) return [about(stderr)];
    const objects = parseAllDocuments(stdout).flatMap((document) => document.toJSON() ?? []);
    return [...complaintsOf(objects), ...kinds.flatMap((version) => againstSchemas(objects, version))].map(about);
  });
}

function refused() {
  return filesIn('ci/refused').flatMap((file) => {
    const sentence = /^# says: (.*)$/m.exec(readFileSync(file, 'utf8'))[1];
    const { status, stderr } = render(file);
    if (status === 0) return [`${path.basename(file)} is not refused`];
    return stderr.includes(sentence) ? [] : [`${path.basename(file)} is refused with another message: ${stderr}`];
  });
}

function againstSchemas(objects, { version, validatorOf }) {
  return objects
    .filter(({ apiVersion }) => apiVersion !== ofOthers)
    .flatMap((object) => {
      const name = `${object.kind} ${object.metadata?.name} in Kubernetes ${version}`;
      const validate = validatorOf(object);
      if (!validate) return [`${name}: there is no ${object.apiVersion} ${object.kind}`];
      return validate(object)
        ? []
        : validate.errors.map(
            ({ instancePath, message, params }) =>
              `${name}: ${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
          );
    });
}

/** Returns the validator for the kind of an object. */
function validators(read) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, validateSchema: false });
  ajv.addSchema(read('_definitions.json'), '/api/_definitions.json');
  const known = new Map();
  return ({ apiVersion, kind }) => {
    const [version, group = ''] = apiVersion.split('/').toReversed();
    const file = `${[kind, ...(group ? [group.split('.')[0]] : []), version].join('-').toLowerCase()}.json`;
    if (!known.has(file)) {
      const schema = read(file);
      known.set(file, schema && ajv.compile(schema));
    }
    return known.get(file);
  };
}

function render(file) {
  return helm('template', 'tenure', chart, '--namespace', 'tenure', '-f', least, '-f', file);
}

function helm(...args) {
  return spawnSync(tools.helm, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

function filesIn(folder) {
  const at = path.join(chart, folder);
  return readdirSync(at)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(at, name));
}
