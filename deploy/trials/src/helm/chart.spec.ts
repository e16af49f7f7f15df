import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { repository } from '@tenure/local/folders';
import { databaseServices } from '@tenure/local/servers/roles';
import { jobs } from '../monitoring/files.js';
import { settingsOf, sourceOf } from './settings.js';

const chart = 'deploy/helm/tenure';
interface Table {
  shared: Record<string, string[]>;
  required: Record<string, string[]>;
  optional: Record<string, string>;
  processes: Record<string, { runs: string; secrets: Record<string, string> }>;
  migrations: { name: string; runs: string }[];
}
interface Schema {
  properties: Record<string, { properties: { settings: { properties: object } } & object }>;
}
interface Values {
  settings: Record<string, unknown>;
  [process: string]: { settings?: Record<string, unknown> };
}
const table = parse(sourceOf(`${chart}/files/processes.yaml`)) as Table;
const schema = JSON.parse(sourceOf(`${chart}/values.schema.json`)) as Schema;
const everything = parse(sourceOf(`${chart}/ci/everything-values.yaml`)) as Values;
const valuesText = sourceOf(`${chart}/values.yaml`);
const helpers = sourceOf(`${chart}/templates/_helpers.tpl`);
const deployments = sourceOf(`${chart}/templates/deployments.yaml`);
const processes = Object.keys(table.processes);

/** Read by a process, and not to be set in a cluster. */
const leftOut: Record<string, string> = {
  LISTEN_ADDRESS: 'a pod listens on every address, or the cluster could not ask whether it is ready',
  CONSOLE_FOLDER: 'the console lies in the image, where the gateway looks by itself',
};
/** Set by the chart itself: the name of the process, and where it listens. */
const fixed = (process: string) => ['HEALTH_PORT', 'NATS_USER', ...(process === 'gateway' ? ['PORT'] : [])];

const ownOf = (process: string) => Object.keys(schema.properties[process]!.properties.settings.properties);
const sharedOf = (process: string) => Object.keys(table.shared).filter((name) => table.shared[name]!.includes(process));
const givenTo = (process: string) => [
  ...sharedOf(process),
  ...ownOf(process),
  ...Object.keys(table.processes[process]!.secrets),
  ...fixed(process),
];
const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted();

describe('the Helm chart', () => {
  it('has the processes that are watched, and the schemas that there are', () => {
    expect(processes.toSorted()).toEqual(jobs.toSorted());
    expect(table.migrations.map(({ name }) => name).toSorted()).toEqual(databaseServices.toSorted());
  });

  it('runs what there is a source of', () => {
    const runs = [...Object.values(table.processes), ...table.migrations].map((each) => each.runs);
    const missing = runs.filter(
      (file) => !existsSync(path.join(repository, file.replace('/dist/', '/src/').replace(/(\.bundle)?\.js$/, '.ts'))),
    );
    expect(missing).toEqual([]);
  });

  it('shares by its schema what it shares by its table', () =>
    expect(Object.keys((schema.properties['settings'] as { properties: object }).properties).toSorted()).toEqual(
      Object.keys(table.shared).toSorted(),
    ));

  it('asks for what the code has no default for, and for nothing else', () => {
    const needed = processes.flatMap((process) =>
      [...settingsOf(process)]
        .filter(([name, { isRequired }]) => isRequired && !fixed(process).includes(name))
        .filter(([name]) => !(name in table.processes[process]!.secrets))
        .map(([name]) => `${name in table.shared ? 'settings' : process}.${name}`),
    );
    const asked = Object.entries(table.required).flatMap(([place, names]) => names.map((name) => `${place}.${name}`));
    expect(sorted(asked)).toEqual(sorted(needed));
  });

  it('gives a process without being told each secret that the code has to have, and no other', () => {
    const withoutDefault = processes.flatMap((process) =>
      Object.keys(table.processes[process]!.secrets).filter((name) => !settingsOf(process).get(name)!.isRequired),
    );
    expect(Object.keys(table.optional).toSorted()).toEqual(sorted(withoutDefault));
  });

  it('lets a process finish what is under way, after the gateway has waited', () => {
    const [, patience] = /patience = ([\d_]+);/.exec(sourceOf('libs/platform/src/process/start-service.ts'))!;
    const [, gateway, others] = /terminationGracePeriodSeconds: .* ternary (\d+) (\d+)/.exec(deployments)!;
    const [, waits] = /sleep: \{ seconds: (\d+) \}/.exec(deployments)!;
    const seconds = Number(patience!.replace('_', '')) / 1_000;
    expect(Number(others)).toBeGreaterThan(seconds);
    expect(Number(gateway)).toBeGreaterThan(seconds + Number(waits));
  });

  it('listens where the code does by itself, and everything else looks there', () => {
    const [, byItself] = /PORT: z\.coerce.*default\((\d+)\)/.exec(sourceOf('services/gateway/src/settings.ts'))!;
    const [, port] = /"PORT" "(\d+)"/.exec(helpers)!;
    const [, health] = /"HEALTH_PORT" "(\d+)"/.exec(helpers)!;
    expect(port).toBe(byItself);
    expect([...deployments.matchAll(/name: (\w+), containerPort: (\d+)/g)].map(([, ...pair]) => pair)).toEqual([
      ['http', port],
      ['health', health],
    ]);
  });
});

describe.each(processes)('%s in the Helm chart', (process) => {
  it('can be given each setting that it reads, and no other', () => {
    const read = [...settingsOf(process).keys()].filter((name) => !(name in leftOut));
    expect(sorted(givenTo(process))).toEqual(sorted(read));
  });

  it('is given no secret as a value', () => {
    const secrets = Object.keys(table.processes[process]!.secrets);
    expect(secrets).toContain('NATS_PASSWORD');
    expect([...ownOf(process), ...Object.keys(table.shared)].filter((name) => secrets.includes(name))).toEqual([]);
  });

  it('has each of its settings named in values.yaml, and tried with a value', () => {
    const block = valuesText.split(new RegExp(`^${process}:$`, 'm'))[1]!.split(/^\w/m)[0]!;
    expect(ownOf(process).filter((name) => !new RegExp(`\\b${name}\\b`).test(block))).toEqual([]);
    expect(Object.keys(everything[process]!.settings!).toSorted()).toEqual(ownOf(process).toSorted());
  });
});

it('what is left out of the Helm chart is read by a process', () => {
  const read = processes.flatMap((process) => [...settingsOf(process).keys()]);
  expect(Object.keys(leftOut).filter((name) => !read.includes(name))).toEqual([]);
});
