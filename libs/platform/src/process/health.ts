import { createServer, type Server } from 'node:http';
import { Injectable } from '@nestjs/common';
import { inTime } from './in-time.js';
import { Metrics } from './metrics.js';

export interface ReadinessCheck {
  name: string;
  /** Throws the reason if the process cannot work; may return a note if it can. */
  check(): Promise<string | void> | string | void;
  /** Whether the process can reach it, however busy it is. While it cannot, requests and events go to other instances. */
  isReachable?(): Promise<boolean>;
}

/** Whether the process can work, and its metrics. Each dependency adds itself. */
@Injectable()
export class Health {
  readonly metrics = new Metrics();
  readonly #checks: ReadinessCheck[] = [];
  readonly #clocks = new Map<string, () => Date | Promise<Date>>([['process', () => new Date()]]);

  constructor() {
    this.metrics.gauges({
      labels: ['of'],
      read: () =>
        Promise.all(
          [...this.#clocks].map(async ([of, read]) => ({ labels: { of }, time: (await read()).getTime() / 1_000 })),
        ),
      gauges: {
        time: ['tenure_clock_seconds', 'The time by the clock of the process and of its database, since 1970.'],
      },
    });
    this.metrics.gauges({
      labels: ['check'],
      read: async () =>
        (await this.#look()).map(({ name, passes }) => ({ labels: { check: name }, ready: passes ? 1 : 0 })),
      gauges: {
        ready: [
          'tenure_ready',
          'Whether the process has what it needs to work, by check: 1 or 0. The reason is in /ready.',
        ],
      },
    });
  }

  add(...checks: ReadinessCheck[]): void {
    this.#checks.push(...checks);
  }

  /** Adds the clock to the metrics, so that a wrong one shows. */
  addClock(of: string, read: () => Promise<Date>): void {
    this.#clocks.set(of, read);
  }

  /** Why the process is not ready (empty if it is), and notes. */
  async state(): Promise<{ reasons: string[]; notes: string[] }> {
    const looks = await this.#look();
    const say = ({ name, words }: Look) => `${name}: ${words}`;
    return {
      reasons: looks.filter(({ passes }) => !passes).map(say),
      notes: looks.filter(({ passes, words }) => passes && words !== undefined).map(say),
    };
  }

  /** Whether the process can reach everything that it needs. */
  async isEverythingReachable(): Promise<boolean> {
    const answers = await Promise.all(this.#checks.map(({ isReachable }) => isReachable?.() ?? true));
    return answers.every(Boolean);
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

/** The result of a check: the reason if it fails, its note if it passes. */
interface Look {
  name: string;
  passes: boolean;
  words: string | undefined;
}

async function readinessOf(health: Health | undefined): Promise<{ status: number; body: object }> {
  const starting = { reasons: ['The process is starting or stopping.'], notes: [] };
  const { reasons, notes } = (await health?.state()) ?? starting;
  const more = { ...(reasons.length > 0 && { reasons }), ...(notes.length > 0 && { notes }) };
  return reasons.length === 0
    ? { status: 200, body: { status: 'ready', ...more } }
    : { status: 503, body: { status: 'not_ready', ...more } };
}

/** 503 while starting: Prometheus then reports a process that crashes at each start as down. */
async function metricsOf(health: Health | undefined): Promise<{ status: number; body: string }> {
  return health === undefined
    ? { status: 503, body: 'The process is starting or stopping.\n' }
    : { status: 200, body: await health.metrics.text() };
}

/** Serves `GET /live`, `GET /ready`, `GET /metrics`. As long as `health` returns undefined, the process is starting. */
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
    else send(404, 'text/plain', 'Use /live, /ready or /metrics.\n');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen, () => resolve(server));
  });
}
