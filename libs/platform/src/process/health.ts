import { createServer, type Server } from 'node:http';
import { Injectable } from '@nestjs/common';

export interface ReadinessCheck {
  name: string;
  /** Throws with the reason when the process cannot do its work. */
  check(): Promise<void> | void;
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
    const reasons = await Promise.all(
      this.#checks.map(async ({ name, check }) => {
        try {
          await inTime(Promise.resolve().then(check));
          return [];
        } catch (error) {
          return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
        }
      }),
    );
    return reasons.flat();
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

/** `GET /live`, `GET /ready`, `GET /metrics`. Until there is a `health`, the process is starting. */
export function serveHealth(port: number, health: () => Health | undefined): Promise<Server> {
  const server = createServer((request, response) => {
    const send = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    const path = request.url?.split('?')[0];
    if (request.method !== 'GET') send(405, 'text/plain', 'Only GET.\n');
    else if (path === '/live') send(200, 'application/json', '{"status":"live"}\n');
    else if (path === '/ready')
      void (health()?.reasons() ?? Promise.resolve(['The process is starting or stopping.'])).then((reasons) =>
        send(
          reasons.length === 0 ? 200 : 503,
          'application/json',
          `${JSON.stringify(reasons.length === 0 ? { status: 'ready' } : { status: 'not_ready', reasons })}\n`,
        ),
      );
    else if (path === '/metrics')
      void (health()?.metrics() ?? Promise.resolve('')).then((text) => send(200, 'text/plain; version=0.0.4', text));
    else send(404, 'text/plain', 'There are /live, /ready and /metrics.\n');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}
