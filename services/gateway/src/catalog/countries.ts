import { timeZonesOf } from '@tenure/lifecycle';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every country that accounts can be in (ISO 3166-1 alpha-2), with its time zones. */
export const countries: readonly { code: string; timeZones: string[] }[] = letters
  .flatMap((first) => letters.map((second) => first + second))
  .map((code) => ({ code, timeZones: timeZonesOf(code) }))
  .filter(({ timeZones }) => timeZones.length > 0);
