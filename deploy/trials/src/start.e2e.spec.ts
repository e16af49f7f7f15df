import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { portNames, readConfiguration, type Configuration } from '@tenure/local/configuration';
import { repository } from '@tenure/local/folders';
import { recordCatalogAndPeople } from '@tenure/local/sample/record';
import { accepts, isFree } from '@tenure/local/servers/ports';
import { startServerProcess, type ServerProcess } from '@tenure/local/servers/server-process';
import { deleteData } from '@tenure/local/supervisor/own-configuration';
import { RunningFile } from '@tenure/local/supervisor/running-file';
import { needStack, type Stack } from '@tenure/local/supervisor/find-stack';
import { application, applications, decide, submit, whenEnded } from '@tenure/local/api/calls';
import { given, Person } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { guide, jobs, metricsOf, readWatched } from './monitoring/files.js';
import { missingFrom, samplesIn } from './monitoring/samples.js';

/** The program of `npm start`, run as a separate process. */
const script = path.join(repository, 'deploy/local/dist/start.js');

/** A place for one `npm start`: a data folder, and ports from a base. */
interface Place {
  environment: NodeJS.ProcessEnv;
  configuration: Configuration;
  log: string;
}

let folder: string;
let here: Place;
let there: Place;
let running: ServerProcess;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'start-'));
  // If root starts it, PostgreSQL runs as another user and keeps its data there.
  chmodSync(folder, 0o755);
  here = await placeAt('here', 12_000);
  there = await placeAt('there', 14_000);
  running = await start(here);
});
afterAll(async () => {
  await running?.stop();
  for (const place of [here, there]) if (place) deleteData(place.configuration);
  rmSync(folder, { recursive: true, force: true });
});

async function placeAt(name: string, from: number): Promise<Place> {
  const data = path.join(folder, name);
  mkdirSync(data);
  // Without samples, because this spec is about starting.
  writeFileSync(path.join(data, 'sample.json'), '{}');
  for (let base = from; base < from + 2_000; base += 20) {
    const environment = { ...process.env, TENURE_DATA: data, TENURE_PORT_BASE: String(base) };
    const configuration = readConfiguration(environment);
    const free = await Promise.all(portNames.map((port) => isFree(configuration.ports[port])));
    if (free.every(Boolean)) return { environment, configuration, log: path.join(folder, `${name}.log`) };
  }
  throw new Error('No ports are free.');
}

/** Starts everything there and waits until it reports that it is ready. */
function start({ environment, log }: Place): Promise<ServerProcess> {
  const before = said(log).length;
  return startServerProcess({
    name: 'npm start',
    command: process.execPath,
    args: [script],
    log,
    env: environment,
    ready: async () => said(log).slice(before).includes('Tenure is ready'),
  });
}

/** Runs a start that has to fail. @returns its exit code and its error output */
async function failingStart(environment: NodeJS.ProcessEnv): Promise<{ code: number; stderr: string }> {
  return promisify(execFile)(process.execPath, [script], { env: environment }).then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );
}

const stackAt = ({ configuration }: Place): Stack => needStack(configuration);
const personAt = (place: Place, signIn: string): Promise<Person> => Person.of(stackAt(place), signIn);

function said(log: string): string {
  try {
    return readFileSync(log, 'utf8');
  } catch {
    return '';
  }
}

const portsFree = ({ configuration: { ports } }: Place) =>
  Promise.all(portNames.map((name) => isFree(ports[name]))).then((free) => free.every(Boolean));

it('a second start on the same data folder fails with one sentence that says what to do', async () => {
  const { dataFolder, publicUrl } = here.configuration;
  expect(await failingStart(here.environment)).toEqual({
    code: 1,
    stderr: `Tenure is already running on ${dataFolder} (process ${running.pid}), at ${publicUrl}. Use that one, stop it with Ctrl-C, or start another one with its own TENURE_DATA and TENURE_PORT_BASE.\n`,
  });
  expect(stackAt(here).pid('gateway')).toBeDefined();
});

it('other commands find it by its data folder, whatever their port settings', () => {
  const { TENURE_PORT_BASE: _base, ...unaware } = here.environment;
  expect(needStack(readConfiguration(unaware)).configuration).toEqual(here.configuration);
});

it('is reachable only from this machine', async () => {
  const { ports } = here.configuration;
  // A server that listens on every address is reachable on every loopback address.
  const [own, others] = await Promise.all(
    ['127.0.0.1', '127.0.0.2'].map((host) => Promise.all(portNames.map((name) => accepts(ports[name], host)))),
  );
  expect({ own: new Set(own), others: new Set(others) }).toEqual({ own: new Set([true]), others: new Set([false]) });
});

it('exposes every metric that an alert or a panel uses, with its labels, and none that the guide does not list', async () => {
  const { ports } = here.configuration;
  const told = await until(
    () =>
      Promise.all(
        jobs.map(async (job) => {
          const answer = await fetch(`http://127.0.0.1:${ports[`${job}Health`]}/metrics`);
          return { job, text: await answer.text() };
        }),
      ),
    (all) => all.every(({ text }) => text.includes('\ntenure_metrics_unread 0\n')),
  );
  const samples = told.flatMap(({ job, text }) => samplesIn(text, { job }));
  const missing = readWatched().flatMap(({ name, ...expression }) =>
    missingFrom(samples, expression).map((what) => `${name}: ${what}`),
  );
  expect(missing).toEqual([]);
  const known = metricsOf(guide);
  // The guide lists a histogram by its base name.
  const metrics = new Set(samples.map(({ metric }) => metric.replace(/_(bucket|sum|count)$/, '')));
  expect([...metrics].filter((metric) => !known.includes(metric))).toEqual([]);
});

it('a start with a taken port fails with one sentence that names the port, its user and what to do', async () => {
  const { gateway } = here.configuration.ports;
  const { code, stderr } = await failingStart({ ...there.environment, TENURE_GATEWAY_PORT: String(gateway) });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    new RegExp(
      `^Port ${gateway} is taken by [^\\n]+\\. Stop that process, or choose another port in TENURE_GATEWAY_PORT \\(or TENURE_PORT_BASE for all\\)\\.\\n$`,
    ),
  );
});

it('after a kill -9 of everything, the next start continues and nothing is lost', async () => {
  await recordCatalogAndPeople(stackAt(here));
  const sent = given(
    await submit(await personAt(here, 'sofia@solar-partner.example'), {
      type: 'new_account',
      accountName: 'Lasting',
      customerName: 'Customer',
      license: 'plus',
      datapoints: 100,
      sector: 'hotel',
    }),
  );
  const all = new RunningFile(here.configuration.dataFolder).read()!;
  expect(all.processes.length).toBe(10);
  for (const { pid } of [all.supervisor, ...all.processes]) process.kill(pid, 'SIGKILL');
  expect(await running.exited).toBe('SIGKILL');

  running = await start(here);
  const [sofia, clara] = [
    await personAt(here, 'sofia@solar-partner.example'),
    await personAt(here, 'clara@platform.example'),
  ];
  expect(given(await application(sofia, sent.applicationId))).toEqual(sent);
  given(await decide(clara, sent.applicationId, { verdict: 'approve', seen: null }));
  expect((await whenEnded(sofia, sent.applicationId)).status).toBe('fulfilled');
});

it('two copies run side by side, each with its own data, and Ctrl-C ends all of one and nothing of the other', async () => {
  const beside = await start(there);
  try {
    await recordCatalogAndPeople(stackAt(there));
    const counts = await Promise.all(
      [here, there].map(async (place) => {
        const clara = await personAt(place, 'clara@platform.example');
        return given(await applications(clara, {})).items.length;
      }),
    );
    expect(counts).toEqual([1, 0]);
    process.kill(beside.pid, 'SIGINT');
    expect(await beside.exited).toBe('exit code 0');
  } finally {
    await beside.stop();
  }
  expect(said(there.log).trimEnd().split('\n').at(-1)).toBe(
    'Everything has stopped. The data are kept; npm start continues where you left off.',
  );
  expect(await portsFree(there)).toBe(true);
  const sofia = await personAt(here, 'sofia@solar-partner.example');
  expect(given(await applications(sofia, {})).items.map(({ accountName }) => accountName)).toEqual(['Lasting']);
});

it('a process that keeps failing ends everything and is reported with the last lines of its log', async () => {
  const stack = stackAt(here);
  const killed = new Set<number>();
  const kill = async () => {
    const pid = stack.pid('mailbox');
    if (pid === undefined || killed.has(pid)) return;
    killed.add(pid);
    process.kill(pid, 'SIGKILL');
  };
  const timer = setInterval(() => void kill(), 50);
  const how = await running.exited.finally(() => clearInterval(timer));
  expect(how).toBe('exit code 1');
  expect(said(here.log)).toMatch(
    /mailbox (cannot be started|ended)[^\n]*\. That happened 6 times within a minute\. The last lines of \S+mailbox\.log:\n {2}\S/,
  );
  expect(await portsFree(here)).toBe(true);
});
