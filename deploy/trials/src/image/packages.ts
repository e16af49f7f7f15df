import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '@tenure/local/folders';
import { parse } from 'yaml';

/** A package as the lock has it, by its place; one of ours is at its folder, with a link to it among the packages. */
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

/** The folder of the package to which a compiled file belongs. */
export const packageOf = (file: string): string => file.split('/dist/')[0]!;

/** The places of all packages that these need where they run, themselves among them: what npm installs without those of development. */
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

/** Where a package at this place finds another: beside it, or in a folder above. Absent where that is optional. */
function from(place: string, name: string): string | undefined {
  for (let above = place; ; above = above.slice(0, Math.max(0, above.lastIndexOf('/')))) {
    const at = path.posix.join(above, 'node_modules', name);
    const found = lock[at];
    if (found !== undefined) return found.link ? found.resolved : at;
    if (above === '') return undefined;
  }
}
