import { Injectable } from '@nestjs/common';
import { refuse, type AnswerOf, type RequestOf, type signOutEverywhere } from '@tenure/contracts';
import { Database, databaseTime } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { lockMember } from './lock-member.js';
import { storeMember } from './store-member.js';

/** Invalidates everything that a member has signed in with (ADR 44). */
@Injectable()
export class SignOutService {
  constructor(private readonly database: Database) {}

  /**
   * @param caller the gateway for the member, or an operator for a member who has called.
   * @throws not_found, member_removed
   */
  signOut(identity: RequestOf<typeof signOutEverywhere>, caller: string): Promise<AnswerOf<typeof signOutEverywhere>> {
    return this.database.asService(async (em) => {
      const { member } = await lockMember(em, identity);
      const { organizationId, memberId, name } = member;
      if (member.removedAt !== null) throw refuse('member_removed', `${name} was removed and cannot sign in.`);
      const signedOutAt = await databaseTime(em);
      em.assign(member, { signedOutAt });
      const cause = caller === 'gateway' ? { memberId } : undefined;
      await storeMember(em, member, cause);
      await recordAudit(em, {
        ...{ organizationId, ...cause },
        action: 'member.signed_out_everywhere',
        details: { memberId },
      });
      return { name, signedOutAt: signedOutAt.toISOString() };
    });
  }
}
