import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { startTestService, testNats, type TestNats, type TestService } from '@tenure/testing';
import { call } from '../testing/call.js';
import { gatewayFor } from '../testing/gateway.js';
import { startIssuer, type Issuer } from '../testing/issuer.js';

const script = 'console.log("the console");';
const index = `<!doctype html><title>Tenure</title><meta property="csp-nonce" nonce="{{nonce}}">
<script type="module" nonce="{{nonce}}" src="/assets/index-4fK2.js"></script><div id="root"></div>`;

let folder: string;
let nats: TestNats;
let issuer: Issuer;
let gateway: TestService;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tenure-console-'));
  const dist = path.join(folder, 'dist');
  mkdirSync(path.join(dist, 'assets/fonts'), { recursive: true });
  const files: Record<string, string | Buffer> = {
    'secret.txt': 'not for you',
    'dist/.env': 'not for you',
    'dist/index.html': index,
    'dist/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'dist/assets/index-4fK2.js': script,
    'dist/assets/index-4fK2.js.br': brotliCompressSync(script),
    'dist/assets/index-4fK2.js.gz': gzipSync(script),
    'dist/assets/plain-9aB.css': 'a { color: red }',
    'dist/assets/fonts/text-1.woff2': 'a font',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  [nats, issuer] = await Promise.all([testNats(), startIssuer()]);
  gateway = await startTestService({
    nats,
    ...gatewayFor({ issuer: issuer.issuer, environment: { CONSOLE_FOLDER: dist } }),
  });
  url = gateway.url!;
});
afterAll(async () => {
  await gateway?.close();
  await issuer?.stop();
  await nats?.close();
  rmSync(folder, { recursive: true });
});

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
/** Sends the path exactly as given, which an HTTP client would normalize. */
const raw = (address: string, headers: Record<string, string> = html) =>
  new Promise<{ status: number; text: string }>((resolve, reject) =>
    get({ port: new URL(url).port, path: address, headers }, (answer: IncomingMessage) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode!, text }));
    }).on('error', reject),
  );

describe('the page of the console', () => {
  it.each(['/', '/account-management/active?text=a', '/customer-success/applications/1', '/index.html', '/apiary'])(
    'is the answer to %s',
    async (address) => {
      const { status, headers, body } = await call(url, `GET ${address}`, { headers: html });
      expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ]);
      expect(body).toContain('<div id="root">');
    },
  );

  it('is always that of the latest build', async () => {
    const page = path.join(folder, 'dist/index.html');
    writeFileSync(page, index.replace('index-4fK2', 'index-7Qw1'));
    const { body } = await call(url, 'GET /', { headers: html });
    writeFileSync(page, index);
    expect(body).toContain('/assets/index-7Qw1.js');
  });

  it('links to the API reference while the console is not built', async () => {
    const page = path.join(folder, 'dist/index.html');
    rmSync(page);
    const { status, body } = await call(url, 'GET /', { headers: html });
    writeFileSync(page, index);
    expect([status, String(body).includes('href="/api/docs"')]).toEqual([200, true]);
  });

  it('has a fresh nonce in each answer, which the policy names', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { headers, body } = await call(url, 'GET /', { headers: html });
        const inPage = [...String(body).matchAll(/nonce="([^"]*)"/g)].map(([, nonce]) => nonce);
        const [, inPolicy] = /script-src 'self' 'nonce-([^']+)'/.exec(headers.get('content-security-policy')!)!;
        expect(inPage).toEqual([inPolicy, inPolicy]);
        return inPolicy;
      }),
    );
    expect(nonces[0]).toMatch(/^[\w+/]{22}==$/);
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('may load and reach only our own files, and nothing inline', async () => {
    const { headers } = await call(url, 'GET /', { headers: html });
    expect(headers.get('content-security-policy')!.replaceAll(/'nonce-[^']+'/g, "'nonce-'")).toBe(
      "default-src 'self'; script-src 'self' 'nonce-'; style-src 'self' 'nonce-'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it.each([
    'GET /nothing',
    'GET /nothing.js',
    'POST /',
    'GET /api/nothing',
    'GET /auth/nothing',
    'GET /assets/gone.js',
    'GET /assets/',
  ])('is not sent to a program: %s', async (address) => {
    const { status, problem, headers } = await call(url, address);
    expect([status, problem.code, headers.get('cache-control')]).toEqual([404, 'not_found', 'no-store']);
  });

  it.each([
    'GET /api/nothing',
    'GET /auth/nothing',
    'GET /assets/gone.js',
    'GET /assets/',
    'POST /account-management/active',
  ])('is not sent to a person either: %s', async (address) =>
    expect((await call(url, address, { headers: html })).status).toBe(404),
  );
});

describe('a file of the console', () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
  ])('is sent in the encoding that the browser accepts: %s', async (accepted, encoding) => {
    const { status, headers, body } = await call(url, 'GET /assets/index-4fK2.js', {
      headers: { 'accept-encoding': accepted },
    });
    expect([status, headers.get('content-encoding'), headers.get('content-type'), body]).toEqual([
      200,
      encoding,
      'text/javascript; charset=utf-8',
      script,
    ]);
    expect([headers.get('cache-control'), headers.get('vary')]).toEqual([
      'public, max-age=31536000, immutable',
      'Accept-Encoding',
    ]);
  });

  it('is sent uncompressed if there is no smaller form', async () => {
    const { status, headers } = await call(url, 'GET /assets/plain-9aB.css', { headers: { 'accept-encoding': 'br' } });
    expect([status, headers.get('content-encoding'), headers.get('content-type')]).toEqual([
      200,
      null,
      'text/css; charset=utf-8',
    ]);
    expect((await call(url, 'GET /assets/fonts/text-1.woff2')).headers.get('content-type')).toBe('font/woff2');
  });

  it('without a hash in its name is revalidated each time', async () => {
    const { status, headers } = await call(url, 'GET /favicon.svg');
    expect([status, headers.get('cache-control'), headers.get('content-type')]).toEqual([
      200,
      'no-cache',
      'image/svg+xml',
    ]);
    // Without fetch, which would also ask for an uncached answer.
    expect((await raw('/favicon.svg', { 'if-none-match': headers.get('etag')! })).status).toBe(304);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/assets/....//....//secret.txt',
    '/.env',
    '/assets/../.env',
    '/assets/%00',
    '/assets/%E0%A4%A',
    '//etc/passwd',
  ])('is never one from another folder: %s', async (address) => {
    const { status, text } = await raw(address);
    expect(text).not.toContain('not for you');
    expect(text).not.toContain('root:');
    expect(status).toBeLessThan(500);
  });
});
