import { createServer, type Server } from 'node:http';
import { Injectable } from '@nestjs/common';

export interface ReadinessCheck {
  name: string;
  /** Throws with the reason when the process cannot do its work; returns what is worth knowing although it can. */
  check(): Promise<string | void> | string | void;
}

export interface Metric {
  /** `tenure_…`, as Prometheus wants names. */
  name: string;
  help: string;
  type: 'gauge' | 'counter';
  read(): Promise<Sample[]> | Sample[];
}
export interface Sample {
  labels?: Record<string, string>;
  value: number;
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

  /** Why the process is not ready; empty when it is. */
  async reasons(): Promise<string[]> {
    return (await this.state()).reasons;
  }

  /** Why the process is not ready, and what is worth knowing besides. */
  async state(): Promise<{ reasons: string[]; notes: string[] }> {
    const looks = await Promise.all(
      this.#checks.map(async ({ name, check }) => {
        try {
          const note = await inTime(Promise.resolve().then(check));
          return { note: note ? `${name}: ${note}` : undefined };
        } catch (error) {
          return { reason: `${name}: ${error instanceof Error ? error.message : String(error)}` };
        }
      }),
    );
    const reasons = looks.flatMap(({ reason }) => reason ?? []);
    const notes = looks.flatMap(({ note }) => note ?? []);
    return { reasons, notes };
  }

  /** The figures in Prometheus's text format; one that cannot be read now is left out. */
  async metrics(): Promise<string> {
    const parts = await Promise.all(
      this.#metrics.map(async ({ name, help, type, read }) => {
        const samples = await inTime(Promise.resolve().then(read)).catch(() => []);
        const lines = samples.map(({ labels = {}, value }) => `${name}${labelText(labels)} ${value}`);
        return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
      }),
    );
    return `${parts.flat().join('\n')}\n`;
  }
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
      void (health()?.metrics() ?? Promise.resolve('')).then((text) => send(200, 'text/plain; version=0.0.4', text));
    else send(404, 'text/plain', 'There are /live, /ready and /metrics.\n');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen, () => resolve(server));
  });
}
