import { isUtf8 } from 'node:buffer';
import { DomainError, refuse } from '@tenure/contracts';
import express, { type Request, type RequestHandler, type Response } from 'express';

const limit = 64 * 1024;
/** Compressed bodies are refused: nothing that people send here is large. */
const parse = express.json({ limit, inflate: false, strict: false, type: () => true, verify: requireUnicode });
const readRaw = express.raw({ limit, inflate: false, type: () => true });

/**
 * The request's JSON. Read only after sign-in and rights, so that nobody else can make the gateway parse anything.
 * An empty body is an empty object: its missing fields are named.
 * @throws unsupported_media_type, payload_too_large (64 KiB), malformed
 */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  const isEmpty =
    request.header('transfer-encoding') === undefined && Number(request.header('content-length') ?? 0) === 0;
  if (isEmpty) return {};
  if (!request.is('application/json'))
    throw refuse('unsupported_media_type', 'The Content-Type has to be application/json.');
  await read(parse, request, response);
  return request.body as unknown;
}

/**
 * The request's body as it came, to the byte: a signature is of these.
 * @throws unsupported_media_type, payload_too_large (64 KiB)
 */
export async function readBytes(request: Request, response: Response): Promise<Buffer> {
  await read(readRaw, request, response);
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** A byte that is no text would be stored as another character. */
function requireUnicode(_: unknown, __: unknown, body: Buffer): void {
  if (!isUtf8(body)) throw new TypeError('The body is not UTF-8.');
}

function read(reader: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void reader(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(asRefusal(error))));
  });
}

/** What body-parser says, in the codes of the contracts. */
function asRefusal(error: unknown): DomainError {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') return refuse('payload_too_large', `At most ${limit / 1024} KiB.`);
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return refuse('unsupported_media_type', 'JSON has to be in UTF-8, and not compressed.');
  return refuse('malformed', 'The request is not JSON.');
}
