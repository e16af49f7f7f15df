import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { Notice, type NoticeRow } from '../database/notice.entity.js';

/** A notice that one sender works on. Every transaction renews its lease, and is refused once another has taken over. */
export interface Claim {
  claimId: string;
  /** As it was when it was claimed. */
  notice: NoticeRow;
  leaseSeconds: number;
}

/** The lease ran out, and another sender has the notice now: nothing more is to be done here. */
export class ClaimLost extends Error {
  constructor(noticeId: string) {
    super(`Another sender has taken over the notice ${noticeId}.`);
    this.name = 'ClaimLost';
  }
}

/** Loads the claimed notice for a change, with its lease renewed. @throws ClaimLost */
export async function holdNotice(em: EntityManager, claim: Claim, now: Date): Promise<NoticeRow> {
  const notice = await em.findOneOrFail(
    Notice,
    { noticeId: claim.notice.noticeId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (notice.claimId !== claim.claimId || notice.status !== 'planned') throw new ClaimLost(notice.noticeId);
  notice.attemptAt = secondsAfter(now, claim.leaseSeconds);
  return notice;
}

export function secondsAfter(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
