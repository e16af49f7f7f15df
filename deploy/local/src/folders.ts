import { createHash } from 'node:crypto';
import path from 'node:path';

/** The root of the clone. Source and compiled code are equally deep, so this works in tests and in `dist`. */
export const repository = path.resolve(import.meta.dirname, '../../..');

/** Everything that is downloaded or written at run time; ignored by git, and safe to delete. */
export const localFolder = path.join(repository, '.local');

/** A short name of this clone, for folders that cannot be inside it. */
export const cloneHash = createHash('sha256').update(repository).digest('hex').slice(0, 10);
