import { z } from 'zod';
import { applicationStatuses, applicationTypes, decisionOutcomes, decisionVerdicts } from '../accounts/application.js';
import { accountStates, momentSchema } from '../licensing/contract.js';
import { isForServices } from '../message.js';
import { emailDomainStatuses } from '../notifications/email-domain.js';
import { deliveryStatuses, noticeStatuses } from '../notifications/notice.js';
import { allEvents, allRequests } from '../all-messages.js';
import { grown } from './grown.js';

/**
 * While versions run side by side, each receives what the later one sends (docs/decisions/0028). Tests every addition
 * that a later version may make to an answer or an event, generated from the schemas.
 */
const answers = allRequests.map((message) => ({ ...message, schema: message.answer }));
const events = allEvents.map(({ name, data }) => ({ name, schema: data }));

/** Lists that are never extended: a reader has to know what each value means. */
const closed: readonly (readonly string[])[] = [
  // The platform's services receive these, and are written for these values (`breaks.ts`).
  accountStates,
  applicationTypes,
  decisionVerdicts,
  deliveryStatuses,
  emailDomainStatuses,
  // Workflows and timelines depend on these.
  applicationStatuses,
  decisionOutcomes,
  [...decisionOutcomes, 'unknown'],
  momentSchema.shape.status.options,
  noticeStatuses,
  ['send', 'skip'],
];
const isClosed = (list: readonly string[]) => closed.some((one) => one.join() === list.join());

describe('with an additional field, the known fields are read as before', () => {
  it.each([...answers, ...events])('$name', ({ schema }) => {
    for (const { path, known, later, list } of grown(schema)) {
      if (list !== undefined) continue;
      const read = schema.safeParse(later);
      expect({ path, issues: read.error?.issues }).toEqual({ path, issues: undefined });
      expect({ path, read: read.data }).toMatchObject({ path, read: schema.parse(known) as object });
    }
  });
});

describe('with an additional value of an extensible list, it is read', () => {
  it.each(answers.filter((message) => !isForServices(message)))('$name', ({ schema }) => {
    const refused = grown(schema).filter(
      ({ list, later }) => list && !isClosed(list) && !schema.safeParse(later).success,
    );
    expect(refused.map(({ path, list }) => `${path}: ${list!.join()}`)).toEqual([]);
  });
});

it('a schema that accepts no additions is detected', () => {
  const strict = z.strictObject({ kind: z.enum(['a', 'b']), items: z.array(z.strictObject({ id: z.uuid() })) });
  const refused = grown(strict).filter(({ later }) => !strict.safeParse(later).success);
  expect(refused.map(({ path }) => path)).toEqual(['+', 'kind', 'items[].+']);
});
