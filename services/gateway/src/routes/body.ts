import { isUtf8 } from 'node:buffer';
import { DomainError, refuse } from '@tenure/contracts';
import express, { type Request, type RequestHandler, type Response } from 'express';

const limit = 64 * 1024;
/** Compressed bodies are refused, because no legitimate body is large. */
const parse = express.json({ limit, inflate: false, strict: false, type: () => true, verify: requireUtf8 });
const readRaw = express.raw({ limit, inflate: false, type: () => true });

/**
 * Reads the request's JSON. Called only after sign-in and rights are checked, so that nobody else can make the gateway
 * parse anything. An empty body counts as an empty object, so that the refusal names the missing fields.
 * @throws unsupported_media_type, payload_too_large (64 KiB), malformed
 */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  const isEmpty =
    request.header('transfer-encoding') === undefined && Number(request.header('content-length') ?? 0) === 0;
  if (isEmpty) return {};
  if (!request.is('application/json'))
    throw refuse('unsupported_media_type', 'The Content-Type must be application/json.');
  await read(parse, request, response);
  return request.body as unknown;
}

/**
 * Reads the request's raw bytes, which a signature covers.
 * @throws unsupported_media_type, payload_too_large (64 KiB)
 */
export async function readBytes(request: Request, response: Response): Promise<Buffer> {
  await read(readRaw, request, response);
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Invalid UTF-8 would be stored with replacement characters. The parser itself accepts every encoding of Unicode. */
function requireUtf8(_: unknown, __: unknown, body: Buffer, charset: string): void {
  if (charset !== 'utf-8')
    throw Object.assign(new TypeError('The charset is not UTF-8.'), { type: 'charset.unsupported' });
  if (!isUtf8(body)) throw new TypeError('The body is not UTF-8.');
}

function read(reader: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void reader(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(asRefusal(error))));
  });
}

/** Maps errors of body-parser to the codes of the contracts. */
function asRefusal(error: unknown): DomainError {
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') return refuse('payload_too_large', `The body can have at most ${limit / 1024} KiB.`);
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return refuse('unsupported_media_type', 'The JSON must be in UTF-8 and not compressed.');
  return refuse('malformed', 'The body is not valid JSON.');
}
