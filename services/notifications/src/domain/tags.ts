import type { References } from './references.js';

export interface Tag {
  name: string;
  value: string;
}

/**
 * Tags that the provider stores with an e-mail and returns in its webhooks: letters, digits, `_` and `-` only, at most
 * 256.
 */
export function tagsOf(notice: References & { noticeId: string; key: string; deliveryId: string }): Tag[] {
  const tags: Record<string, string | null> = {
    key: notice.key,
    kind: notice.kind,
    offset: notice.offset,
    account: notice.accountId,
    application: notice.applicationId,
    term: notice.termNumber === null ? null : String(notice.termNumber),
    notice: notice.noticeId,
    delivery: notice.deliveryId,
  };
  return Object.entries(tags).flatMap(([name, value]) => (value === null ? [] : [{ name, value: asTagValue(value) }]));
}

function asTagValue(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 256);
}
