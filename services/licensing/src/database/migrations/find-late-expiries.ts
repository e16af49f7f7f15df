import { Migration } from '@mikro-orm/migrations';

/** An index of the terms that will end, or have ended and are not recorded as expired. Renewed terms have a policy. */
export class FindLateExpiries extends Migration {
  override up(): void {
    this.addSql(
      'create index terms_open on licensing.terms (expires_at) where expired_at is null and policy_id is null',
    );
  }
}
