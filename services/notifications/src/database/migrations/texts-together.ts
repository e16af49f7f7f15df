import { Migration } from '@mikro-orm/migrations';

/**
 * What is filled in lies with the dispatch, for all of its e-mails: they are much alike, so it is kept in a tenth of the
 * room, and is not written again when a row changes. Those of before keep their own.
 */
export class TextsTogether extends Migration {
  override name = 'TextsTogether';

  up(): void {
    // An instance of the version before finds nothing filled in in those of this one, and leaves them to it.
    this.addSql('alter table notifications.dispatches add filled text null');
  }
}
