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

/** What runs in production: what the chart starts, what operators start, and what the gateway serves. */
const inProduction = [...runByChart.map(packageOf), 'deploy/operate', 'services/console'];
const folders = (target: string) => installsOf(target).flatMap(packagesIn).toSorted();

describe('the image for production', () => {
  it('is what is built where no target is named', () => expect(stages.at(-1)!.name).toBe('production'));

  it('holds of our packages what runs there and what that depends on, and no other', () => {
    expect(folders('production')).toEqual(areOurs(withWhatTheyNeed(inProduction)));
    expect(codeIn('production').toSorted()).toEqual(areOurs(withWhatTheyNeed(inProduction)));
  });

  it('holds neither what stands in for others nor what tries it', () =>
    expect(folders('production').filter((folder) => /^(deploy\/(local|trials)|libs\/testing)$/.test(folder))).toEqual(
      [],
    ));

  it('is not run by root', () =>
    expect(
      layers('production').flatMap(({ instructions }) => instructions.filter((line) => line.startsWith('USER'))),
    ).toEqual(['USER node']));
});

describe('the image of one machine', () => {
  it('holds the stand-ins and what they depend on besides', () => {
    const besides = installsOf('one-machine').at(-1)!;
    expect(packagesIn(besides)).toEqual(areOurs(withWhatTheyNeed(['deploy/local'])));
    expect(codeIn('one-machine').filter((folder) => !codeIn('production').includes(folder))).toEqual(['deploy/local']);
  });

  it('holds the SQL by which the roles are made, beside what operators need for NATS', () =>
    expect(takenAsTheyAre('one-machine').toSorted()).toEqual(['deploy/nats', 'deploy/postgres']));

  it('is what the stand-ins of docker-compose.yml run in, and everything else there runs in the one for production', () => {
    const ours = Object.entries(containers).filter(([, { build }]) => build);
    expect(ours.length).toBeGreaterThan(0);
    for (const [name, { build, command }] of ours) {
      const isStandIn = packageOf(command[1]!) === 'deploy/local';
      expect([name, build!.target]).toEqual([name, isStandIn ? 'one-machine' : 'production']);
    }
  });
});

it.each(['production', 'one-machine'])('the image %s is to hold nothing that is not built', (target) =>
  expect(missingIn(target)).toEqual([]),
);

it.each(['production', 'one-machine'])('the image %s has no package that only development needs', (target) => {
  const installing = installsOf(target).map(({ instructions }) =>
    instructions.filter((line) => line.startsWith('RUN')),
  );
  for (const lines of installing) expect(lines).toEqual([expect.stringMatching(/^RUN npm ci --omit=dev( |$)/)]);
});
