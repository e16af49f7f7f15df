import { Writable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { JsonLog } from './log.js';
import { onBehalfOf } from './request-id.js';

describe('the log', () => {
  let lines: Record<string, unknown>[];
  let written: string;
  let log: JsonLog;
  beforeEach(() => {
    lines = [];
    written = '';
    const target = new Writable({
      write(chunk: Buffer, _encoding, done) {
        written += chunk.toString();
        lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
        done();
      },
    });
    log = new JsonLog('licensing', 'info', target);
    Logger.overrideLogger(log);
  });
  afterAll(() => Logger.overrideLogger(false));

  it('is one JSON object per line, with the level and context from Nest', () => {
    new Logger('Relay').warn('slow');
    expect(lines).toEqual([
      { level: 'warn', time: expect.any(String), service: 'licensing', context: 'Relay', msg: 'slow' },
    ]);
  });

  it('writes the fields of an object, and its message', () => {
    log.error({ message: 'Given up', alert: true, event: '{}' });
    expect(lines[0]).toMatchObject({ level: 'error', msg: 'Given up', alert: true, event: '{}' });
  });

  it('includes the request id, even after an await, and none outside a request', async () => {
    await onBehalfOf('order-66', async () => {
      await Promise.resolve();
      new Logger('Relay').warn('slow');
      onBehalfOf(undefined, () => log.log('for nobody'));
    });
    log.log('outside');
    expect(lines.map(({ msg, requestId }) => [msg, requestId])).toEqual([
      ['slow', 'order-66'],
      ['for nobody', undefined],
      ['outside', undefined],
    ]);
  });

  it('writes an error with its stack', () => {
    log.error(new TypeError('no'));
    expect(lines[0]).toMatchObject({ msg: 'TypeError: no', stack: expect.stringContaining('log.spec') });
  });

  it('writes the stack that Nest passes separately from the error, without its secrets', () => {
    log.error('no', 'Error: nats://licensing:hunter2@host\n    at connect (nats.ts:1)', 'Relay');
    const stack = 'Error: nats://licensing:…@host\n    at connect (nats.ts:1)';
    expect(lines).toMatchObject([{ level: 'error', msg: 'no', context: 'Relay', stack }]);
  });

  it('leaves out what is below its level', () => {
    new Logger('Relay').debug('detail');
    expect(lines).toEqual([]);
  });

  it.each([
    ['an address', 'cannot reach postgres://licensing:hunter2@host:5432/tenure'],
    ['an address whose password has an @', 'cannot reach nats://licensing:p@hunter2@host:4222'],
    ['an error', new Error('nats://licensing:hunter2@host')],
    ['a field', { message: 'asked', password: 'hunter2', headers: { authorization: 'Bearer hunter2' } }],
    ['a field deep inside', { message: 'asked', request: { body: { token: 'hunter2' } } }],
  ])('writes no secret in %s', (_, message) => {
    log.log(message);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('escapes what a terminal would execute and what would turn the direction of the line, and loses none of it', () => {
    const [message, field] = ['GET /\u009b31m\u007f', 'x\u202e\u2028\u001b[2J'];
    log.log({ message, field });
    expect(written).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}\p{Zl}]/u);
    expect(lines).toMatchObject([{ msg: message, field }]);
  });

  it('is written quickly, however long a word is that somebody sent', () => {
    const path = `/${'a'.repeat(60_000)}`;
    const began = process.cpuUsage();
    log.log({ message: `GET ${path} 404` });
    expect(process.cpuUsage(began).user).toBeLessThan(1_000_000);
    expect(lines).toMatchObject([{ msg: `GET ${path} 404` }]);
  });

  it.each(['password', 'pass', 'token', 'secret', 'authorization', 'cookie', 'apiKey', 'clientSecret'])(
    'writes no field named %s, on three levels',
    (name) => {
      log.log({ message: 'asked', [name]: 'hunter2', a: { [name]: 'hunter2', b: { [name]: 'hunter2' } } });
      expect(lines).toMatchObject([{ msg: 'asked', [name]: '…', a: { [name]: '…', b: { [name]: '…' } } }]);
    },
  );
});
