import { createHash } from 'node:crypto';
import path from 'node:path';

/** The clone. Source and compiled code lie equally deep, so this holds in tests and in `dist`. */
export const repository = path.resolve(import.meta.dirname, '../../..');

/** Everything that is downloaded or written at run time; ignored by git, and can be deleted as a whole. */
export const localFolder = path.join(repository, '.local');

/** Short name of this clone, for what cannot lie inside it. */
export const cloneHash = createHash('sha256').update(repository).digest('hex').slice(0, 10);
