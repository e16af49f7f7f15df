import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  countedUpTo,
  requireCustomerSuccess,
  type AnswerOf,
  type RequestOf,
  type summarizeApplications,
} from '@tenure/contracts';
import { Database, joined, type Sql } from '@tenure/platform';
import { Settings } from '../settings.js';
import { decidedApplications, decidedAt } from './page-of-applications.js';
import { workingDaysLater } from './working-days-later.js';
import { zoneOfQueries } from './zone-of-queries.js';

type Asked = RequestOf<typeof summarizeApplications>;
type Summary = AnswerOf<typeof summarizeApplications>;

/** Summarizes the outcomes of applications in a period, and how long they waited, for the lead of the reviewers. */
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
      // The actor belongs to the operator's own organization, so working days and requested days are in the same zone.
      const zone = await zoneOfQueries(em, request.actor.organizationId);
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
  /** How many of these waited for Customer Success. */
  waiting: number;
  medianSeconds: number;
  longestSeconds: number;
  reminded: number;
  escalated: number;
}

/** The reminder and the escalation come at the lapse at the latest (`reviewDeadlines`). */
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
