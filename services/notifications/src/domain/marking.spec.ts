import { reportKinds } from '@tenure/contracts';
import { whyMarked } from './marking.js';

it('a permanent bounce, a complaint or a suppression marks an address', () =>
  expect(reportKinds.flatMap((kind) => whyMarked({ kind, permanent: true }) ?? [])).toEqual([
    'bounced',
    'complained',
    'suppressed',
  ]));

it('a temporary bounce does not mark an address', () =>
  expect(whyMarked({ kind: 'bounced', permanent: false })).toBeNull());
