import type { MarkedAddressView, ReportKind } from '@tenure/contracts';

/**
 * Why this report marks the address; null if it does not. A full mailbox or a delay is temporary: the next e-mail tries
 * again.
 */
export function whyMarked(report: { kind: ReportKind; permanent: boolean }): MarkedAddressView['why'] | null {
  const { kind, permanent } = report;
  if (kind === 'bounced') return permanent ? 'bounced' : null;
  return kind === 'complained' || kind === 'suppressed' ? kind : null;
}
