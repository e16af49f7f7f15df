import { readFileSync } from 'node:fs';
import path from 'node:path';
import { searchAttributes } from '@tenure/contracts';
import { repository } from '../folders.js';
import { temporalNamespace } from './temporal-options.js';

it('deploy/temporal creates the namespace used here, with every search attribute that workflows write', () => {
  const page = readFileSync(path.join(repository, 'deploy/temporal/README.md'), 'utf8');
  expect([...page.matchAll(/--namespace (\S+)/g)].map(([, name]) => name)).toEqual([
    temporalNamespace,
    temporalNamespace,
  ]);
  const named = [...page.matchAll(/--name (\S+) --type (\S+)/g)].map(([, name, type]) => [name, type]);
  expect(named).toEqual(Object.entries(searchAttributes));
});
