import type { JudgedAccount } from '@tenure/contracts';
import { counted, figure } from '@tenure/platform/command/figures';

export interface Summary {
  active: number;
  expired: number;
  /** How many accounts are notified immediately, by kind of moment. */
  atOnce: Map<string, number>;
  /** Earlier moments, about which nobody is notified. */
  skipped: number;
  /** How many moments are still to come, by month (`2026-12`) and kind. */
  planned: Map<string, Map<string, number>>;
}

/**
 * Summarizes the accounts that will be created: which notices are sent immediately, which are skipped, and when the
 * others are due.
 */
export function summarize(judged: readonly Pick<JudgedAccount, 'facts' | 'moments'>[]): Summary {
  const summary: Summary = { active: 0, expired: 0, atOnce: new Map(), skipped: 0, planned: new Map() };
  for (const { facts, moments } of judged) {
    summary[facts?.state ?? 'active'] += 1;
    for (const { kind, at, becomes } of moments)
      if (becomes === 'sent_at_once') count(summary.atOnce, kind);
      else if (becomes === 'skipped') summary.skipped += 1;
      else if (becomes === 'planned') {
        const month = at.slice(0, 7);
        const kinds = summary.planned.get(month) ?? new Map<string, number>();
        summary.planned.set(month, kinds);
        count(kinds, kind);
      }
  }
  return summary;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** How many months are listed individually. */
const MONTHS = 6;

/** Formats the summary as lines. */
export function summaryLines({ active, expired, atOnce, skipped, planned }: Summary): string[] {
  const months = [...planned].sort(([a], [b]) => (a < b ? -1 : 1));
  const later = new Map<string, number>();
  for (const [, kinds] of months.slice(MONTHS))
    for (const [kind, many] of kinds) later.set(kind, (later.get(kind) ?? 0) + many);
  return [
    `${figure(active)} active, ${figure(expired)} expired already.`,
    'Their SuperAdmins and extra addresses are notified',
    ...(atOnce.size === 0 ? ['  now         nothing'] : [`  now         ${inKinds(atOnce)}`]),
    `  never       ${counted(skipped, 'earlier moment')}`,
    ...months.slice(0, MONTHS).map(([month, kinds]) => `  in ${month}  ${inKinds(kinds)}`),
    ...(later.size === 0 ? [] : [`  later       ${inKinds(later)}`]),
  ];
}

const kindNames: Record<string, string> = {
  P1M: 'one month before',
  P7D: 'one week before',
  P0D: 'final notice',
  expired: 'expired',
};

function inKinds(kinds: ReadonlyMap<string, number>): string {
  const order = Object.keys(kindNames);
  const sorted = [...kinds].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return sorted.map(([kind, many]) => `${figure(many)} ${kindNames[kind] ?? kind}`).join(', ');
}
