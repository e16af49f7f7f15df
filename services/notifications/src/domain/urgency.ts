import type { NoticeKind } from '@tenure/contracts';

/** The final notice: on the last day. */
const FINAL = 'P0D';

/**
 * Whether a notice goes before those that can wait a few minutes: all except reminders days or months before the last
 * day, of which thousands can be due in the same minute.
 */
export function isUrgent({ kind, offset }: { kind: NoticeKind; offset: string | null }): boolean {
  return kind !== 'reminder' || offset === FINAL;
}
