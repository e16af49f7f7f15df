import { reportKinds } from '@tenure/contracts';
import { whyMarked } from './marking.js';

it('an address is marked when nothing will ever arrive there, or nothing is wanted', () =>
  expect(reportKinds.flatMap((kind) => whyMarked({ kind, permanent: true }) ?? [])).toEqual([
    'bounced',
    'complained',
    'suppressed',
  ]));

it('a bounce that may pass marks nothing', () => expect(whyMarked({ kind: 'bounced', permanent: false })).toBeNull());
