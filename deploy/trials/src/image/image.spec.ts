import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '@tenure/local/folders';
import { parse } from 'yaml';
import { codeIn, installsOf, layers, missingIn, packagesIn, stages, takenAsTheyAre } from './dockerfile.js';
import { areOurs, packageOf, runByChart, withWhatTheyNeed } from './packages.js';

interface Container {
  build?: { target: string };
  command: string[];
}
const { services: containers } = parse(readFileSync(path.join(repository, 'docker-compose.yml'), 'utf8'), {
  merge: true,
}) as { services: Record<string, Container> };

/** The packages that run in production: what the chart and operators start, and what the gateway serves. */
const inProduction = [...runByChart.map(packageOf), 'deploy/operate', 'services/console'];
const folders = (target: string) => installsOf(target).flatMap(packagesIn).toSorted();

describe('the production image', () => {
  it('is the default target', () => expect(stages.at(-1)!.name).toBe('production'));

  it('has exactly our packages that run there and their dependencies', () => {
    expect(folders('production')).toEqual(areOurs(withWhatTheyNeed(inProduction)));
    expect(codeIn('production').toSorted()).toEqual(areOurs(withWhatTheyNeed(inProduction)));
  });

  it('does not run as root', () =>
    expect(
      layers('production').flatMap(({ instructions }) => instructions.filter((line) => line.startsWith('USER'))),
    ).toEqual(['USER node']));
});

describe('the single-machine image', () => {
  it('also has the stand-ins and their dependencies', () => {
    const besides = installsOf('one-machine').at(-1)!;
    expect(packagesIn(besides)).toEqual(areOurs(withWhatTheyNeed(['deploy/local'])));
    expect(codeIn('one-machine').filter((folder) => !codeIn('production').includes(folder))).toEqual(['deploy/local']);
  });

  it('has the SQL that creates the roles, and what operators need for NATS', () =>
    expect(takenAsTheyAre('one-machine').toSorted()).toEqual(['deploy/nats', 'deploy/postgres']));

  it('runs the stand-ins of docker-compose.yml; everything else there runs in the production image', () => {
    const ours = Object.entries(containers).filter(([, { build }]) => build);
    expect(ours.length).toBeGreaterThan(0);
    for (const [name, { build, command }] of ours) {
      const isStandIn = packageOf(command[1]!) === 'deploy/local';
      expect([name, build!.target]).toEqual([name, isStandIn ? 'one-machine' : 'production']);
    }
  });
});

it.each(['production', 'one-machine'])('the image %s copies nothing that is not built', (target) =>
  expect(missingIn(target)).toEqual([]),
);

it.each(['production', 'one-machine'])('the image %s has no development dependencies', (target) => {
  const installing = installsOf(target).map(({ instructions }) =>
    instructions.filter((line) => line.startsWith('RUN')),
  );
  for (const lines of installing) expect(lines).toEqual([expect.stringMatching(/^RUN npm ci --omit=dev( |$)/)]);
});
