import { seal, unseal } from './sealed.js';
import { csrfTokenOf, isCsrfTokenOf, newSessionId, readSessionId, storageOf } from './session-id.js';

describe('a stored session', () => {
  const id = newSessionId();
  const { key: place, sealingKey: key } = storageOf(id, 'secret of the gateways');

  it('can be read with its id', () =>
    expect(unseal(seal('{"subject":"Núñez"}', key), key)).toBe('{"subject":"Núñez"}'));
  it('cannot be read with another id', () =>
    expect(() => unseal(seal('secret', key), storageOf(newSessionId(), 'secret of the gateways').sealingKey)).toThrow(
      'unable to authenticate data',
    ));
  it('is neither found nor read without the secret of the gateways', () => {
    const guessed = storageOf(id, 'a guess');
    expect(guessed.key).not.toBe(place);
    expect(() => unseal(seal('secret', key), guessed.sealingKey)).toThrow('unable to authenticate data');
  });
  it('cannot be read if a bit was changed', () => {
    const sealed = seal('secret', key);
    sealed[sealed.length - 1]! ^= 1;
    expect(() => unseal(sealed, key)).toThrow('unable to authenticate data');
  });
  it('reveals neither its content nor its id', () => {
    const stored = `${place} ${Buffer.from(seal('secret', key)).toString('latin1')}`;
    expect(stored).not.toContain('secret');
    expect(stored).not.toContain(id);
  });
  it('is never stored twice in the same bytes', () => expect(seal('secret', key)).not.toEqual(seal('secret', key)));
});

describe('an id', () => {
  it('is 256 random bits', () => expect(readSessionId(newSessionId())).toMatch(/^[\w-]{43}$/));
  it.each([undefined, '', 'short', 'x'.repeat(44), `${'x'.repeat(42)}.`, '__proto__'])('is never %j', (sent) =>
    expect(readSessionId(sent)).toBeUndefined(),
  );
});

describe('a CSRF token', () => {
  const id = newSessionId();
  it('is valid for its session', () => expect(isCsrfTokenOf(id, csrfTokenOf(id))).toBe(true));
  it.each([undefined, '', id, csrfTokenOf(newSessionId()), csrfTokenOf(id).slice(1), `${csrfTokenOf(id)}=`])(
    'is not %j',
    (sent) => expect(isCsrfTokenOf(id, sent)).toBe(false),
  );
});
