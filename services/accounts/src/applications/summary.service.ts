import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { requireCustomerSuccess, type AnswerOf, type RequestOf, type summarizeApplications } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { countedUpTo, joined, type Sql } from '../pages/rows.js';
import { Settings } from '../settings.js';
import { decidedApplications, decidedAt } from './page-of-applications.js';
import { reviewersZone } from './reviewers-zone.js';
import { workingDaysLater } from './working-days-later.js';

type Asked = RequestOf<typeof summarizeApplications>;
type Summary = AnswerOf<typeof summarizeApplications>;

/** What became of the applications of some time, and how long they waited for it: for whoever leads those who decide. */
@Injectable()
export class SummaryService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** @throws forbidden */
  async summarize(request: Asked): Promise<Summary> {
    requireCustomerSuccess(request.actor);
    return this.database.asService(async (em) => {
      const { remindAfterWorkingDays, escalateAfterWorkingDays } = this.settings.review;
      // Also that of the days that are asked for: whoever asks is of the same organization.
      const zone = await reviewersZone(em);
      const { count, waiting, ...row } = await sumUp(em, decidedApplications(request, zone), {
        remindAt: workingDaysLater('p.submitted_at', remindAfterWorkingDays, zone),
        escalateAt: workingDaysLater('p.submitted_at', escalateAfterWorkingDays, zone),
      });
      if (count > countedUpTo) return { summary: null };
      const { approved, rejected, withdrawn, lapsed, ...waited } = row;
      return {
        summary: {
          ...{ approved, rejected, withdrawn, lapsed },
          waited: waiting === 0 ? null : waited,
          ...{ remindAfterWorkingDays, escalateAfterWorkingDays },
        },
      };
    });
  }
}

interface Row {
  count: number;
  approved: number;
  rejected: number;
  withdrawn: number;
  lapsed: number;
  /** Of these how many waited for Customer Success. */
  waiting: number;
  medianSeconds: number;
  longestSeconds: number;
  reminded: number;
  escalated: number;
}

/** By when reviewers are reminded or their lead is told, an application may have lapsed (`reviewDeadlines`). */
async function sumUp(
  em: EntityManager,
  chosen: readonly Sql[],
  { remindAt, escalateAt }: { remindAt: Sql; escalateAt: Sql },
): Promise<Row> {
  const where = joined(chosen);
  const [row] = await em.execute<[Row]>(
    `select count(*)::int as count,
       count(*) filter (where status in ('approved', 'fulfilled', 'failed'))::int as approved,
       count(*) filter (where status = 'rejected')::int as rejected,
       count(*) filter (where status = 'withdrawn')::int as withdrawn,
       count(*) filter (where status = 'lapsed')::int as lapsed,
       count(waited)::int as waiting,
       round(percentile_cont(0.5) within group (order by waited))::int as "medianSeconds",
       round(max(waited))::int as "longestSeconds",
       count(waited) filter (where at >= least(remind_at, lapses_at))::int as reminded,
       count(waited) filter (where at >= least(escalate_at, lapses_at))::int as escalated
     from (select p.status, p.lapses_at, ${decidedAt} as at, ${remindAt.text} as remind_at,
         ${escalateAt.text} as escalate_at,
         case when p.status <> 'withdrawn'
           then extract(epoch from ${decidedAt} - p.submitted_at)::double precision end as waited
       from accounts.applications p where ${where.text} limit ${countedUpTo + 1}) as ended`,
    [...remindAt.parameters, ...escalateAt.parameters, ...where.parameters],
  );
  return row;
}
