import { timeZonesOf } from '@tenure/lifecycle';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Found at the first request: trying each zone was a twentieth of the gateway's start. */
let found: readonly { code: string; timeZones: string[] }[] | undefined;

/** Every country that accounts can be in (ISO 3166-1 alpha-2), with its time zones. */
export function countries(): readonly { code: string; timeZones: string[] }[] {
  return (found ??= letters
    .flatMap((first) => letters.map((second) => first + second))
    .map((code) => ({ code, timeZones: timeZonesOf(code) }))
    .filter(({ timeZones }) => timeZones.length > 0));
}
