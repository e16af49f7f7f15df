import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '@tenure/local/folders';
import { parse } from 'yaml';

/** An entry of the lock file. Our own packages are at their folders, with links to them in `node_modules`. */
interface Locked {
  link?: boolean;
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}
interface Table {
  processes: Record<string, { runs: string }>;
  migrations: { runs: string }[];
}

const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');
const table = parse(read('deploy/helm/tenure/files/processes.yaml')) as Table;
const { packages: lock } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

/** The processes and migrations that the Helm chart starts. */
export const runByChart = [...Object.values(table.processes), ...table.migrations].map(({ runs }) => runs);

/** The folder of the package that a compiled file belongs to. */
export const packageOf = (file: string): string => file.split('/dist/')[0]!;

/**
 * The locations of these packages and all their runtime dependencies: what npm installs without development
 * dependencies.
 */
export function withWhatTheyNeed(places: readonly string[]): string[] {
  const needed = new Set(places);
  for (const place of needed)
    for (const name of neededBy(lock[place]!)) {
      const found = from(place, name);
      if (found !== undefined) needed.add(found);
    }
  return [...needed].toSorted();
}

export const areOurs = (places: readonly string[]): string[] =>
  places.filter((place) => !place.includes('node_modules/'));

function neededBy({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: Locked): string[] {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional);
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
}

/**
 * Where a package at this location finds another: in its own `node_modules` or a parent folder's. Undefined if it is
 * not installed.
 */
function from(place: string, name: string): string | undefined {
  for (let above = place; ; above = above.slice(0, Math.max(0, above.lastIndexOf('/')))) {
    const at = path.posix.join(above, 'node_modules', name);
    const found = lock[at];
    if (found !== undefined) return found.link ? found.resolved : at;
    if (above === '') return undefined;
  }
}
