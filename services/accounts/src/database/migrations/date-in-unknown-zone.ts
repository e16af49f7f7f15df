import { Migration } from '@mikro-orm/migrations';

/**
 * A query that calculates dates in accounts' zones does not fail because of one zone that this PostgreSQL does not know:
 * it and Node each have their own list.
 */
export class DateInUnknownZone extends Migration {
  override up(): void {
    this.addSql(`
create function accounts.local_date(at timestamptz, zone text) returns date language plpgsql stable strict as $$
begin
  return (at at time zone zone)::date;
exception when invalid_parameter_value then
  return null;
end $$`);
  }
}
