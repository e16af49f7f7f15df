import { Logger } from '@nestjs/common';
import { eventually } from '@tenure/testing';
import { audience, startIssuer, type Issuer } from '../testing/issuer.js';
import { AccessTokens } from './access-tokens.js';
import { IssuerKeys } from './issuer-keys.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let issuer: Issuer;
let keys: IssuerKeys;
let tokens: AccessTokens;
/** How far the keys' clock is ahead. It stands still, however long a step takes; tokens outlast the spec. */
let ahead: number;
const { now } = Date;
beforeEach(async () => {
  Logger.overrideLogger(false);
  ahead = 0;
  const began = now();
  Date.now = () => began + ahead;
  issuer = await startIssuer();
  keys = new IssuerKeys({ issuer: issuer.issuer });
  tokens = new AccessTokens({ issuer: issuer.issuer, audience }, keys);
});
afterEach(async () => {
  Date.now = now;
  await issuer.stop();
});

/** The answer to a new token of the issuer. */
async function taken(): Promise<string> {
  const token = await issuer.token('super_admin');
  return tokens.check(`Bearer ${token}`).then(
    ({ identity }) => identity.subject,
    ({ problem }: { problem: { code: string } }) => problem.code,
  );
}

describe('while the issuer is down', () => {
  it('known keys are trusted for a day; after that tokens cannot be checked', async () => {
    expect(await taken()).toBe('super_admin');
    const readAt = Date.now();
    await issuer.stop();
    for (const hours of [1, 23]) {
      ahead = hours * HOUR;
      expect(await taken()).toBe('super_admin');
    }
    const said = String(await keys.readiness.check());
    const until = new Date(readAt + 24 * HOUR).toISOString();
    expect(said).toBe(`its keys cannot be read; those that are known are trusted until ${until}`);
    ahead = 25 * HOUR;
    expect(await taken()).toBe('unavailable');
  });

  it('a token with an unknown key cannot be checked, which is not its bearer’s fault', async () => {
    await taken();
    await issuer.stop();
    issuer.sign('two');
    ahead = MINUTE;
    expect(await taken()).toBe('unavailable');
  });

  it('the log says why its keys cannot be read', async () => {
    const errors: string[] = [];
    Logger.overrideLogger({ log() {}, warn() {}, error: (sentence: string) => errors.push(sentence) });
    await issuer.stop();
    expect(await taken()).toBe('unavailable');
    expect(errors).toEqual([
      expect.stringMatching(/^The keys of the identity provider cannot be read: .*ECONNREFUSED/),
    ]);
  });

  it('the issuer is asked at most every five seconds, however many tokens come', async () => {
    issuer.fail(true);
    expect([await taken(), await taken(), await taken(), issuer.asked]).toEqual([
      ...['unavailable', 'unavailable', 'unavailable'],
      1,
    ]);
    expect(await keys.readiness.check()).toBe('its keys cannot be read, so no access token can be checked');
    issuer.fail(false);
    ahead = 6_000;
    expect([await taken(), await keys.readiness.check()]).toEqual(['super_admin', undefined]);
  });
});

it('an issuer that has failed is asked again even if the clock was set back by an hour', async () => {
  issuer.fail(true);
  expect(await taken()).toBe('unavailable');
  issuer.fail(false);
  ahead = -HOUR;
  expect(await taken()).toBe('super_admin');
});

describe.each(['<html>Back soon</html>', '', '"keys"', '{"message":"back soon"}', '{"keys":["one"]}'])(
  'an issuer that answers 200 and %j instead of keys has failed',
  (body) => {
    it('is asked again after five seconds, not for every token', async () => {
      issuer.answerInstead(body);
      // One request for discovery and one for the keys.
      expect([await taken(), await taken(), await taken(), issuer.asked]).toEqual([
        ...['unavailable', 'unavailable', 'unavailable'],
        2,
      ]);
      expect(await keys.readiness.check()).toBe('its keys cannot be read, so no access token can be checked');
      issuer.answerInstead(undefined);
      ahead = 6_000;
      expect([await taken(), await keys.readiness.check()]).toEqual(['super_admin', undefined]);
    });

    it('and its keys are trusted for a day from when they were last loaded', async () => {
      await taken();
      issuer.answerInstead(body);
      ahead = 23 * HOUR;
      expect(await taken()).toBe('super_admin');
      await eventually(async () => expect(await keys.readiness.check()).toMatch(/^its keys cannot be read; /));
      ahead = 25 * HOUR;
      expect(await taken()).toBe('unavailable');
    });
  },
);

describe('while the issuer answers', () => {
  it('a first unknown key is looked up immediately, further ones at most every half minute', async () => {
    await taken();
    issuer.sign('two');
    ahead = 31_000;
    const { asked } = issuer;
    expect([await taken(), issuer.asked - asked]).toEqual(['super_admin', 1]);
    issuer.sign('made up', { published: false });
    for (const seconds of [32, 40, 60]) {
      ahead = seconds * 1_000;
      expect([await taken(), issuer.asked - asked]).toEqual(['token_invalid', 1]);
    }
  });

  it('a withdrawn key is no longer accepted once a token that comes after ten minutes has caused a reload', async () => {
    await taken();
    issuer.unpublish('one');
    ahead = 11 * MINUTE;
    await eventually(async () => expect(await taken()).toBe('token_invalid'));
  });
});
