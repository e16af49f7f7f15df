import { createServer, type Server } from 'node:http';
import { Injectable } from '@nestjs/common';
import { onceAtATime } from './once-at-a-time.js';

export interface ReadinessCheck {
  name: string;
  /** Throws with the reason when the process cannot do its work; returns what is worth knowing although it can. */
  check(): Promise<string | void> | string | void;
}

export interface Metric {
  /** `tenure_…`, as Prometheus wants names; what every process has is named as everywhere. */
  name: string;
  help: string;
  type: 'gauge' | 'counter' | 'histogram';
  read(): Promise<Sample[]> | Sample[];
}
export interface Sample {
  /** Of a histogram. */
  part?: 'bucket' | 'sum' | 'count';
  labels?: Record<string, string> | undefined;
  value: number;
}

/**
 * Gauges that tell of the same rows, each of one figure in them; read at the same time, the rows are read once.
 * @param figures for each its name and its help
 */
export function gaugesOf<F extends string>(
  read: () => Promise<(Record<NoInfer<F>, number> & Pick<Sample, 'labels'>)[]>,
  figures: Record<F, readonly [name: string, help: string]>,
): Metric[] {
  const rows = onceAtATime(read);
  return (Object.keys(figures) as F[]).map((figure) => {
    const [name, help] = figures[figure];
    const samples = async () => (await rows()).map((row) => ({ labels: row.labels, value: row[figure] }));
    return { name, help, type: 'gauge', read: samples };
  });
}

/** Whether the process can work, and its figures. What it depends on adds itself. */
@Injectable()
export class Health {
  readonly #checks: ReadinessCheck[] = [];
  readonly #metrics: Metric[] = [];

  add(...checks: ReadinessCheck[]): void {
    this.#checks.push(...checks);
  }

  measure(...metrics: Metric[]): void {
    this.#metrics.push(...metrics);
  }

  /** Why the process is not ready, empty when it is; and what is worth knowing besides. */
  async state(): Promise<{ reasons: string[]; notes: string[] }> {
    const looks = await this.#look();
    const say = ({ name, words }: Look) => `${name}: ${words}`;
    return {
      reasons: looks.filter(({ passes }) => !passes).map(say),
      notes: looks.filter(({ passes, words }) => passes && words !== undefined).map(say),
    };
  }

  /** The figures in Prometheus's text format; one that cannot be read now is left out, and counted. */
  async metrics(): Promise<string> {
    const [looks, figures] = await Promise.all([
      this.#look(),
      Promise.all(
        this.#metrics.map(async (metric) => {
          const samples = await inTime(Promise.resolve().then(metric.read)).catch(() => undefined);
          return { metric, samples };
        }),
      ),
    ]);
    const ready = looks.map(({ name, passes }) => ({ labels: { check: name }, value: passes ? 1 : 0 }));
    const unread = figures.filter(({ samples }) => samples === undefined).length;
    const lines = [
      textOf(readiness, ready),
      textOf(unreadable, [{ value: unread }]),
      ...figures.map(({ metric, samples = [] }) => textOf(metric, samples)),
    ];
    return `${lines.flat().join('\n')}\n`;
  }

  #look(): Promise<Look[]> {
    return Promise.all(
      this.#checks.map(async ({ name, check }) => {
        try {
          const note = await inTime(Promise.resolve().then(check));
          return { name, passes: true, words: note || undefined };
        } catch (error) {
          return { name, passes: false, words: error instanceof Error ? error.message : String(error) };
        }
      }),
    );
  }
}

/** What a check came to: with the reason when it does not pass, with its note when it does. */
interface Look {
  name: string;
  passes: boolean;
  words: string | undefined;
}

type Described = Pick<Metric, 'name' | 'help' | 'type'>;

const readiness: Described = {
  name: 'tenure_ready',
  help: 'Whether the process has what it needs to work, by check: 1 or 0. The reason is in /ready.',
  type: 'gauge',
};
const unreadable: Described = {
  name: 'tenure_metrics_unread',
  help: 'Metrics that could not be read now and are left out.',
  type: 'gauge',
};

function textOf({ name, help, type }: Described, samples: readonly Sample[]): string[] {
  const lines = samples.map(
    ({ part, labels = {}, value }) => `${part === undefined ? name : `${name}_${part}`}${labelText(labels)} ${value}`,
  );
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

function labelText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within 2 seconds')), 2_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function readinessOf(health: Health | undefined): Promise<{ status: number; body: object }> {
  const starting = { reasons: ['The process is starting or stopping.'], notes: [] };
  const { reasons, notes } = (await health?.state()) ?? starting;
  const more = { ...(reasons.length > 0 && { reasons }), ...(notes.length > 0 && { notes }) };
  return reasons.length === 0
    ? { status: 200, body: { status: 'ready', ...more } }
    : { status: 503, body: { status: 'not_ready', ...more } };
}

/** Whoever gathers figures takes one that ends at each start for what it is: away. */
async function metricsOf(health: Health | undefined): Promise<{ status: number; body: string }> {
  return health === undefined
    ? { status: 503, body: 'The process is starting or stopping.\n' }
    : { status: 200, body: await health.metrics() };
}

/** `GET /live`, `GET /ready`, `GET /metrics`. Until there is a `health`, the process is starting. */
export function serveHealth(
  listen: { port: number; host?: string | undefined },
  health: () => Health | undefined,
): Promise<Server> {
  const server = createServer((request, response) => {
    const send = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET') send(405, 'text/plain', 'Only GET.\n');
    else if (path === '/live') send(200, 'application/json', '{"status":"live"}\n');
    else if (path === '/ready')
      void readinessOf(health()).then(({ status, body }) =>
        send(status, 'application/json', `${JSON.stringify(body)}\n`),
      );
    else if (path === '/metrics')
      void metricsOf(health()).then(({ status, body }) => send(status, 'text/plain; version=0.0.4', body));
    else send(404, 'text/plain', 'There are /live, /ready and /metrics.\n');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen, () => resolve(server));
  });
}
