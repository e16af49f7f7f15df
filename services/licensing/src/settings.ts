import { readConfiguration } from '@tenure/platform';
import { z } from 'zod';

const schema = z.object({
  /** For how many calendar days a pending renewal keeps an account working past its expiry. */
  RENEWAL_GRACE_DAYS: z.coerce.number().int().min(0).max(366).default(15),
  /** Only where it is on can an account's clock be moved. */
  SANDBOX: z.enum(['on', 'off']).default('off'),
});

/** What licensing reads from its environment. */
export class Settings {
  constructor(
    readonly graceDays: number,
    readonly isSandbox: boolean,
  ) {}

  /** @throws ConfigurationError */
  static read(): Settings {
    const { RENEWAL_GRACE_DAYS, SANDBOX } = readConfiguration(schema);
    return new Settings(RENEWAL_GRACE_DAYS, SANDBOX === 'on');
  }
}
