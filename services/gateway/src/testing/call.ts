import type { Problem } from '@tenure/contracts';

/** The gateway's answer. */
export interface Reply {
  status: number;
  headers: Headers;
  /** Parsed if it is JSON; empty for a stream, which is not read. */
  body: unknown;
  /** The body of a refusal. */
  problem: Problem;
}

export interface Sending {
  token?: string;
  /** Sent as JSON; a string and a blob are sent as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  key?: string;
}

/** Sends one request as any HTTP client would. */
export async function call(url: string, address: string, { token, body, headers, key }: Sending = {}): Promise<Reply> {
  const [method = 'GET', path = '/'] = address.split(' ');
  const response = await fetch(new URL(path, url), {
    method,
    redirect: 'manual',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...headers,
    },
    ...(body !== undefined && {
      body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body),
    }),
  });
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  if (isStream) await response.body?.cancel();
  const text = isStream ? '' : await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  const parsed: unknown = isJson ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, body: parsed, problem: parsed as Problem };
}
