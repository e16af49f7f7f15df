import { pictureUrl } from '@tenure/contracts';

/** One with a user name or a password in its address may have been stored before that was refused: it is not given to anybody. */
export function usableLogo(stored: string | null): string | null {
  return pictureUrl.safeParse(stored).data ?? null;
}
