import { Injectable } from '@nestjs/common';
import {
  auditPlace,
  listAccountsAudit,
  listLicensingAudit,
  listNotificationsAudit,
  nameMembers,
  type Actor,
  type AuditEntry,
  type ShownAuditEntry,
} from '@tenure/contracts';
import { pageFrom, readCursor, Services, writeCursor } from '@tenure/platform/messaging';
import { latestFirst } from '../domain/audit.js';
import { allPages } from '../downloads/all-pages.js';

const trails = [listAccountsAudit, listLicensingAudit, listNotificationsAudit] as const;

/** The subject of an audit trail: an account, or an organization itself. */
type Subject = { accountId: string } | { organizationId: string };

/** Merges the services' records about an account or an organization into one audit trail. */
@Injectable()
export class AuditService {
  constructor(private readonly services: Services) {}

  /** @throws not_found; invalid if the cursor is malformed */
  async page(
    actor: Actor,
    subject: Subject,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: ShownAuditEntry[]; next: string | null }> {
    const asked = { actor, ...subject, before: readCursor(auditPlace, cursor), limit: limit + 1 };
    const answers = await Promise.all(trails.map((trail) => this.services.ask(trail, asked)));
    const entries = latestFirst(answers.map(({ items }) => items));
    const { items, next } = pageFrom(entries, limit, ({ at, entryId }) => writeCursor({ at, entryId }));
    return { items: await this.#named(actor, items), next };
  }

  /** The complete trail, page by page. @throws not_found */
  pages(actor: Actor, subject: Subject): AsyncGenerator<ShownAuditEntry[]> {
    return allPages((place) => this.page(actor, subject, place));
  }

  async #named(actor: Actor, entries: readonly AuditEntry[]): Promise<ShownAuditEntry[]> {
    const memberIds = [...new Set(entries.flatMap(({ by, memberId }) => [by.memberId ?? [], memberId ?? []].flat()))];
    const { items } = memberIds.length > 0 ? await this.services.ask(nameMembers, { actor, memberIds }) : { items: [] };
    const names = new Map(items.map(({ memberId, name }) => [memberId, name]));
    return entries.map(({ by: { kind, memberId, service }, memberId: about, ...entry }) => ({
      ...entry,
      by: { kind, name: (memberId === null ? service : names.get(memberId)) ?? kind, memberId },
      member: about ? { memberId: about, name: names.get(about) ?? about } : null,
    }));
  }
}
