import { aContract } from '../testing/contracts.js';
import { instantsOf, isOver, isSame } from './instants.js';

const stored = instantsOf(aContract(), 7_200);
const hourLater = new Date(stored.validUntil.getTime() + 3_600_000);

describe('the stored instants', () => {
  it('are the expiry in the account’s clock, and validUntil in wall-clock time', () =>
    expect(stored).toEqual({
      expiresAt: new Date('2027-01-31T23:00:00.000Z'),
      validUntil: new Date('2027-01-31T21:00:00.000Z'),
    }));

  it.each([
    ['the same', {}, true],
    ['different if the expiry differs', { expiresAt: hourLater }, false],
    ['different if validUntil differs', { validUntil: hourLater }, false],
  ])('are %s', (_, change, same) => expect(isSame(stored, { ...stored, ...change })).toBe(same));

  it.each([
    ['not over before the earlier', new Date(stored.validUntil.getTime() - 1), false],
    ['not over between the two', stored.validUntil, false],
    ['over from the later on', hourLater, true],
  ])('that changed with a zone’s rules are %s', (_, now, over) => {
    const changed = { ...stored, validUntil: hourLater };
    expect([isOver(stored, changed, now), isOver(changed, stored, now)]).toEqual([over, over]);
  });
});
