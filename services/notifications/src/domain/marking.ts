import type { MarkedAddressView, ReportKind } from '@tenure/contracts';

/**
 * Why nothing more is to be sent to an address after this report; null when it stays as it is. A full mailbox or a
 * delay passes: the next e-mail tries again.
 */
export function whyMarked(report: { kind: ReportKind; permanent: boolean }): MarkedAddressView['why'] | null {
  const { kind, permanent } = report;
  if (kind === 'bounced') return permanent ? 'bounced' : null;
  return kind === 'complained' || kind === 'suppressed' ? kind : null;
}
