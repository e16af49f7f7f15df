import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { repository } from '../folders.js';
import { Secrets } from '../secrets.js';
import { temporalOptions } from '../servers/temporal-options.js';
import { filesOfContainers } from './files.js';

interface Service {
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
}
const compose = parse(readFileSync(path.join(repository, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};
const files = filesOfContainers(new Secrets());
const containers = Object.keys(files);
const mountsOf = ({ volumes = [] }: Service) => volumes.filter((volume) => volume.startsWith('secrets')).toSorted();

/** The files that it reads; undefined if it is given their folder. */
function readBy({ command = [], environment = {} }: Service): string[] | undefined {
  const named = [...command, ...Object.values(environment)].filter((word) => word.startsWith('/run/secrets'));
  return named.includes('/run/secrets') ? undefined : named.map((file) => path.basename(file)).toSorted();
}

describe('in docker-compose.yml', () => {
  it('a container can read only its own secrets', () => {
    const all = ['secrets:/secrets', ...containers.map((name) => `secrets-${name}:/secrets/${name}`)].toSorted();
    const allowed = (name: string) => {
      if (name === 'secrets') return all;
      return containers.includes(name) ? [`secrets-${name}:/run/secrets:ro`] : [];
    };
    for (const [name, service] of Object.entries(compose.services))
      expect([name, mountsOf(service)]).toEqual([name, allowed(name)]);
  });

  it.each(containers)('%s has exactly the files that it reads', (name) => {
    const read = readBy(compose.services[name]!);
    if (name === 'roles' || name === 'sample') expect(read).toBeUndefined();
    else expect(read).toEqual(Object.keys(files[name]!).toSorted());
  });

  it('Temporal is started as on one machine', () =>
    expect(compose.services.temporal!.command).toEqual(
      expect.arrayContaining(temporalOptions('/data/temporal.sqlite')),
    ));

  it('no password is shared between containers, except with the one that creates the roles and the server that checks it', () => {
    const knownBy = new Map<string, string[]>();
    for (const [name, known] of Object.entries(files))
      for (const secret of Object.values(known)) knownBy.set(secret, [...(knownBy.get(secret) ?? []), name]);
    expect([...knownBy.values()].filter((names) => names.length > 1)).toEqual([
      ['postgres', 'roles'],
      ['gateway', 'identity-provider'],
      ['gateway', 'mailbox'],
      ['identity-provider', 'sample'],
    ]);
  });
});
