import { randomUUID } from 'node:crypto';
import { identifyMember, withdrawApplication } from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { aMember } from '../testing/samples.js';
import { setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);

it('an organization can withdraw 200 applications a day and no more: it could send one after the other, and each is an e-mail to every reviewer', async () => {
  const other = '0198c2f4-0000-7000-8000-0000000000e2';
  stage.services.answer(identifyMember, ({ subject }) =>
    aMember(['super_admin'], subject === 'another' ? { organizationId: other } : {}),
  );
  const withdraw = async (person?: string) =>
    stage.ask(`POST /api/applications/${randomUUID()}/withdrawal`, { body: {}, key: randomUUID(), person });
  // Fewer at once than one member may have under way.
  for (let round = 0; round < 5; round += 1)
    expect(
      new Set((await Promise.all(Array.from({ length: 40 }, () => withdraw()))).map(({ status }) => status)),
    ).toEqual(new Set([200]));
  const { status, problem, headers } = await withdraw();
  expect([status, problem.code]).toEqual([429, 'too_many_requests']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(23 * 60 * 60);
  expect(stage.services.requestsOf(withdrawApplication)).toHaveLength(200);
  expect((await withdraw('another')).status).toBe(200);
});
