import { grant, type Allocation, type AskedAllocation } from './quota.js';

const use = { contracted: 100, used: 60, useVersion: 4, isExpired: false };
const meter: Allocation = { datasource: 'modbus', datapoints: 60, revision: null };
const holding =
  (devices: Record<string, Allocation> = { meter }) =>
  (deviceId: string) =>
    devices[deviceId];
const asked = (deviceId: string, datapoints: number, more: Partial<AskedAllocation> = {}): AskedAllocation => ({
  deviceId,
  datasource: 'modbus',
  datapoints,
  ...more,
});

describe('the quota', () => {
  it.each([
    ['all that is left', [asked('pump', 40)], 100],
    ['less than before', [asked('meter', 10)], 10],
    ['a release', [asked('meter', 0)], 0],
    ['what others release', [asked('meter', 10), asked('pump', 90)], 100],
    ['what others release, in whatever order', [asked('pump', 90), asked('meter', 10)], 100],
  ])('grants %s, and counts it once', (_, devices, used) =>
    expect(grant(use, holding(), devices)!.use).toEqual({ contracted: 100, used, useVersion: 5 }),
  );

  it.each([
    ['one more than is left', [asked('pump', 41)]],
    ['one more than is contracted', [asked('meter', 101)]],
    ['more than is left, for several together', [asked('pump', 20), asked('boiler', 21)]],
    ['more than others release', [asked('meter', 10), asked('pump', 91)]],
  ])('refuses %s', (_, devices) => expect(grant(use, holding(), devices)).toBeNull());

  it('lets an account that uses more than is contracted use less, but not more', () => {
    const over = { ...use, contracted: 50 };
    expect(grant(over, holding(), [asked('meter', 55)])?.use.used).toBe(55);
    expect(grant(over, holding(), [asked('meter', 61)])).toBeNull();
    expect(grant(over, holding(), [asked('meter', 20), asked('pump', 40)])?.use.used).toBe(60);
  });

  it('is correct for figures beyond a 32-bit integer', () => {
    const devices = Array.from({ length: 1000 }, (_, index) => asked(`device ${index}`, 1_000_000_000));
    expect(grant(use, holding(), devices)).toBeNull();
  });
});

describe('an expired account', () => {
  const expired = { ...use, isExpired: true };

  it('gets no increase of any device, whatever others release', () => {
    expect(grant(expired, holding(), [asked('pump', 1)])).toBeNull();
    expect(grant(expired, holding(), [asked('meter', 0), asked('pump', 1)])).toBeNull();
  });

  it('can use less, release, and repeat the current allocation', () => {
    for (const [datapoints, used] of [
      [10, 10],
      [0, 0],
      [60, 60],
    ] as const)
      expect(grant(expired, holding(), [asked('meter', datapoints)])?.use.used).toBe(used);
  });
});

describe('a request that changes nothing', () => {
  const unchanged = { use: { contracted: 100, used: 60, useVersion: 4 }, changed: [] };

  it('repeats the current allocation', () => expect(grant(use, holding(), [asked('meter', 60)])).toEqual(unchanged));

  it('has an older revision than the stored one', () => {
    const held = holding({ meter: { ...meter, revision: 7 } });
    expect(grant(use, held, [asked('meter', 90, { revision: 6 })])).toEqual(unchanged);
    expect(grant(use, held, [asked('meter', 90, { revision: 7 })])?.use.used).toBe(90);
  });

  it('keeps the stored revision if it has none', () => {
    const held = holding({ meter: { ...meter, revision: 7 } });
    expect(grant(use, held, [asked('meter', 60)])).toEqual(unchanged);
    expect(grant(use, held, [asked('meter', 50)])?.changed).toMatchObject([{ datapoints: 50, revision: 7 }]);
  });
});

it.each([
  ['datasource', { datasource: 'bacnet', revision: null }],
  ['revision', { datasource: 'modbus', revision: 1 }],
])('a new %s is stored without changing use, even for an expired account', (_, { datasource, revision }) => {
  const ask = asked('meter', 60, { datasource, ...(revision && { revision }) });
  const { changed, use: after } = grant({ ...use, isExpired: true }, holding(), [ask])!;
  expect(changed).toMatchObject([{ deviceId: 'meter', datapoints: 60, datasource, revision }]);
  expect(after).toEqual({ contracted: 100, used: 60, useVersion: 4 });
});

it('a device that never used anything is stored with 0', () =>
  expect(grant(use, holding(), [asked('pump', 0)])).toMatchObject({
    changed: [{ deviceId: 'pump', datapoints: 0, revision: null }],
    use: { used: 60, useVersion: 4 },
  }));
