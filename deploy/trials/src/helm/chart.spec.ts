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
  certificate: Record<string, string>;
  processes: Record<string, { runs: string; secrets: Record<string, string> }>;
  migrations: { name: string; runs: string }[];
  retention: { runs: string };
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
const settings = new Map(
  await Promise.all(processes.map(async (process) => [process, await settingsOf(process)] as const)),
);

/** Settings that a process reads but that must not be set in a cluster. */
const leftOut: Record<string, string> = {
  LISTEN_ADDRESS: 'a pod listens on every address, or the cluster could not check its readiness',
  CONSOLE_FOLDER: 'the image has the console at the default location',
};
/** Settings that the chart fixes: the name of the process, and its ports. */
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
  it('has all monitored processes and a migration for every schema', () => {
    expect(processes.toSorted()).toEqual(jobs.toSorted());
    expect(table.migrations.map(({ name }) => name).toSorted()).toEqual(databaseServices.toSorted());
  });

  it('runs files that have a source', () => {
    const runs = [...Object.values(table.processes), ...table.migrations, table.retention].map((each) => each.runs);
    const missing = runs.filter(
      (file) => !existsSync(path.join(repository, file.replace('/dist/', '/src/').replace(/(\.bundle)?\.js$/, '.ts'))),
    );
    expect(missing).toEqual([]);
  });

  it('has the same shared settings in its schema and its table', () =>
    expect(Object.keys((schema.properties['settings'] as { properties: object }).properties).toSorted()).toEqual(
      Object.keys(table.shared).toSorted(),
    ));

  it('requires exactly the settings without a default in the code', () => {
    const needed = processes.flatMap((process) =>
      [...settings.get(process)!]
        .filter(([name, { isRequired }]) => isRequired && !fixed(process).includes(name))
        .filter(([name]) => !(name in table.processes[process]!.secrets))
        .map(([name]) => `${name in table.shared ? 'settings' : process}.${name}`),
    );
    const asked = Object.entries(table.required).flatMap(([place, names]) => names.map((name) => `${place}.${name}`));
    expect(sorted(asked)).toEqual(sorted(needed));
  });

  it('gives a process every required secret by default, and no other', () => {
    const withoutDefault = processes.flatMap((process) =>
      Object.keys(table.processes[process]!.secrets).filter((name) => !settings.get(process)!.get(name)!.isRequired),
    );
    expect(Object.keys(table.optional).toSorted()).toEqual(sorted(withoutDefault));
  });

  it('finds in a certificate only what it otherwise finds in a Secret', () =>
    expect(Object.keys(table.certificate).filter((name) => !(name in table.optional))).toEqual([]));

  it('gives a process time to finish its work, in the gateway after its wait', () => {
    const [, patience] = /patience = ([\d_]+);/.exec(sourceOf('libs/platform/src/process/start-service.ts'))!;
    const [, gateway, others] = /terminationGracePeriodSeconds: .* ternary (\d+) (\d+)/.exec(deployments)!;
    const [, waits] = /sleep: \{ seconds: (\d+) \}/.exec(deployments)!;
    const seconds = Number(patience!.replace('_', '')) / 1_000;
    expect(Number(others)).toBeGreaterThan(seconds);
    expect(Number(gateway)).toBeGreaterThan(seconds + Number(waits));
  });

  it("listens on the code's default ports, which everything else uses", () => {
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
  it('accepts exactly the settings that the process reads', () => {
    const read = [...settings.get(process)!.keys()].filter((name) => !(name in leftOut));
    expect(sorted(givenTo(process))).toEqual(sorted(read));
  });

  it('accepts no secret as a plain value', () => {
    const secrets = Object.keys(table.processes[process]!.secrets);
    expect(secrets).toContain('NATS_PASSWORD');
    expect([...ownOf(process), ...Object.keys(table.shared)].filter((name) => secrets.includes(name))).toEqual([]);
  });

  it('has each of its settings documented in values.yaml and tried with a value', () => {
    const block = valuesText.split(new RegExp(`^${process}:$`, 'm'))[1]!.split(/^\w/m)[0]!;
    expect(ownOf(process).filter((name) => !new RegExp(`\\b${name}\\b`).test(block))).toEqual([]);
    expect(Object.keys(everything[process]!.settings!).toSorted()).toEqual(ownOf(process).toSorted());
  });
});

it('a process reads every setting that the Helm chart leaves out', () => {
  const read = processes.flatMap((process) => [...settings.get(process)!.keys()]);
  expect(Object.keys(leftOut).filter((name) => !read.includes(name))).toEqual([]);
});
