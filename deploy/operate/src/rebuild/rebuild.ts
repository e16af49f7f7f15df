import { rebuildContracts, type Client } from '@tenure/contracts';
import { counted, figure } from '@tenure/platform/command/figures';

export interface Rebuilt {
  /** Accounts that licensing returned. */
  read: number;
  /** Accounts that were missing or differed. */
  mended: number;
}

/** The interval of progress lines, in milliseconds. */
const tick = 1_000;

/** Rebuilds accounts' projection, batch by batch. @throws DomainError if a service is unavailable */
export async function rebuild(
  operator: Client,
  say: (line: string) => void,
  { limit = 500, now = Date.now }: { limit?: number; now?: () => number } = {},
): Promise<Rebuilt> {
  const began = now();
  const rebuilt: Rebuilt = { read: 0, mended: 0 };
  const figures = () => `${counted(rebuilt.read, 'account')} read from licensing, ${figure(rebuilt.mended)} mended`;
  let said = began;
  let after: string | null = null;
  do {
    const { read, mended, next } = await part(operator, after, limit);
    rebuilt.read += read;
    rebuilt.mended += mended;
    after = next;
    if (after !== null && now() - said >= tick) {
      say(`… ${figures()}`);
      said = now();
    }
  } while (after !== null);
  say(`${figures()}, in ${((now() - began) / 1_000).toFixed(1)} s`);
  return rebuilt;
}

function part(operator: Client, after: string | null, limit: number) {
  return operator.ask(rebuildContracts, { after, limit }, { timeout: 30_000 });
}
