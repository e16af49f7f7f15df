import { Migration } from '@mikro-orm/migrations';

/**
 * The texts of all e-mails of a dispatch are stored together with it: they are much alike, so they take a tenth of the
 * space, and are not rewritten when a row changes. Older e-mails keep their own.
 */
export class TextsTogether extends Migration {
  override name = 'TextsTogether';

  up(): void {
    // An instance of the previous version finds no texts in rows of this one, and leaves them to it.
    this.addSql('alter table notifications.dispatches add filled text null');
  }
}
