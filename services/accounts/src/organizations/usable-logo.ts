import { pictureUrl } from '@tenure/contracts';

/**
 * The logo URL, or null if it contains a user name or password: such a URL may have been stored before it was refused,
 * and is not given to anybody.
 */
export function usableLogo(stored: string | null): string | null {
  return pictureUrl.safeParse(stored).data ?? null;
}
