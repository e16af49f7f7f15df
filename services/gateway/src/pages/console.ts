import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { sendPlainPage } from './plain-page.js';

/** The name of each asset has a hash of its content. Vite also writes compressed copies next to it. */
const forever = 'public, max-age=31536000, immutable';
const compressed = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

/**
 * The console's files, and its page for every address outside the API, sign-in and calendars: the console does its own
 * routing.
 */
export function serveConsole(folder: string): RequestHandler[] {
  const files = express.static(folder, {
    index: false,
    redirect: false,
    cacheControl: false,
    setHeaders: (response) => void response.setHeader('Cache-Control', 'no-cache'),
  });
  return [
    // Not the folder itself, which would cause a 500.
    only(({ path }) => /^\/assets\/./.test(path), assetsIn(path.join(folder, 'assets'))),
    only(({ path }) => !isOurs(path) && path !== '/index.html', files),
    only(isForPage, (_, response) => {
      // Read for each request: after a new build it refers to other files.
      const page = readPage(folder);
      if (page === undefined) sendNotBuilt(response);
      else sendPage(response, page);
    }),
  ];
}

function only(applies: (request: Request) => boolean, handle: RequestHandler): RequestHandler {
  return (request, response, next) =>
    ['GET', 'HEAD'].includes(request.method) && applies(request) ? handle(request, response, next) : next();
}

const isOurs = (path: string) => /^\/(api|auth|calendar)(\/|$)/i.test(path);

/** What a person opens. Scripts, styles and programs that request a missing file do not get the page. */
function isForPage(request: Request): boolean {
  const { path } = request;
  if (isOurs(path) || path.startsWith('/assets/')) return false;
  return path === '/' || (request.header('accept') ?? '').includes('text/html');
}

/** Sends the smallest existing form of the asset that the browser accepts. */
function assetsIn(root: string): RequestHandler {
  return (request, response, next) => {
    const name = request.path.slice('/assets/'.length);
    const accepted = compressed.filter(({ encoding }) => request.acceptsEncodings([encoding]) === encoding);
    const forms = [...accepted, { encoding: undefined, ending: '' }];
    const send = ([form, ...others]: typeof forms): void => {
      if (form === undefined) return forget(response, next);
      response.setHeader('Cache-Control', forever);
      response.setHeader('Vary', 'Accept-Encoding');
      response.type(path.extname(name));
      if (form.encoding === undefined) response.removeHeader('Content-Encoding');
      else response.setHeader('Content-Encoding', form.encoding);
      const options = { root, cacheControl: false, acceptRanges: false, dotfiles: 'ignore' } as const;
      response.sendFile(`${name}${form.ending}`, options, (error?: Error) => {
        if (error === undefined) return;
        if (response.headersSent) response.destroy();
        else send(others);
      });
    };
    send(forms);
  };
}

/** Removes the asset's headers, because the answer will be a refusal. */
function forget(response: Response, next: NextFunction): void {
  for (const header of ['Content-Encoding', 'Content-Type', 'Vary']) response.removeHeader(header);
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** Vite's placeholder becomes a fresh nonce in each answer. */
function sendPage(response: Response, page: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('Content-Security-Policy', policy(nonce));
  response.type('html').send(page.replaceAll('{{nonce}}', nonce));
}

/** Allows scripts and styles only from our own files or with this answer's nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sendNotBuilt(response: Response): void {
  sendPlainPage(response, {
    status: 200,
    language: 'en',
    title: 'Tenure',
    sentences: ['The console is not built. Build it (npm run build) and reload this page.'],
    links: [
      { address: '/api/docs', text: 'API reference' },
      { address: '/api/openapi.json', text: 'OpenAPI 3.1 document' },
    ],
  });
}

function readPage(folder: string): string | undefined {
  try {
    return readFileSync(path.join(folder, 'index.html'), 'utf8');
  } catch {
    return undefined;
  }
}
