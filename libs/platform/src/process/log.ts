import type { LoggerService, LogLevel } from '@nestjs/common';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { currentRequestId } from './request-id.js';

const secret = ['password', 'pass', 'token', 'secret', 'authorization', 'cookie', 'apiKey', 'clientSecret'];

/**
 * Nest's log as JSON lines on standard output, each with the id of its request. Leaves out passwords in addresses, and
 * fields with the names of secrets.
 */
export class JsonLog implements LoggerService {
  readonly #pino: Logger;

  constructor(service: string, level = 'info', target: DestinationStream = pino.destination({ sync: true })) {
    const options: LoggerOptions = {
      base: { service },
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ requestId: currentRequestId() }),
      hooks: { streamWrite: withoutControls },
      redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '…' },
    };
    this.#pino = pino(options, target);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#write('info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }
  setLogLevels(_levels: LogLevel[]): void {
    // The level comes from LOG_LEVEL.
  }

  /** Nest passes the context last, and an error's stack before it. An object is logged as fields. */
  #write(level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? { stack: withoutSecrets(rest[0]) } : {};
    const fields = { ...(context === undefined ? {} : { context }), ...stack };
    if (message instanceof Error)
      this.#pino[level](
        { ...fields, stack: withoutSecrets(message.stack ?? '') },
        withoutSecrets(`${message.name}: ${message.message}`),
      );
    else if (typeof message === 'object' && message !== null) {
      const { message: text, ...others } = message as Record<string, unknown>;
      this.#pino[level]({ ...fields, ...others }, withoutSecrets(String(text ?? '')));
    } else this.#pino[level](fields, withoutSecrets(String(message)));
  }
}

/**
 * Escapes what JSON leaves as it is although a terminal executes it (C1 controls) or turns the direction of the line.
 * Anybody can write into a log: the path of a request, for instance.
 */
function withoutControls(line: string): string {
  return line.replaceAll(
    /[\x7f-\x9f\u2028\u2029\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Removes the password from addresses such as `postgres://user:password@host`. The pattern matches only at the
 * beginning of a word: from every letter, a path of 15,000 characters, which anybody can request, took a third of a
 * second.
 */
export function withoutSecrets(text: string): string {
  return text.replaceAll(/\b(\w+:\/\/[^\s:/@]*):[^\s/]+@/g, '$1:…@');
}
