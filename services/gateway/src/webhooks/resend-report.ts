import { uuid, type AskOf, type recordDeliveryReport, type ReportKind } from '@tenure/contracts';
import { z } from 'zod';

export type Report = AskOf<typeof recordDeliveryReport>;

/** The kind of report of each webhook about an e-mail. */
const kindOf: Readonly<Record<string, ReportKind>> = {
  'email.sent': 'sent',
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'delayed',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.opened': 'opened',
  'email.clicked': 'clicked',
  'email.failed': 'failed',
  'email.suppressed': 'suppressed',
};

/** The fields of a webhook that we read; all others may change. */
const webhook = z.object({ type: z.string() });
const emailWebhook = z.object({
  created_at: z.string().transform((text, context) => {
    const at = new Date(text);
    if (!Number.isNaN(at.getTime())) return at.toISOString();
    context.addIssue('not a time');
    return z.NEVER;
  }),
  data: z.object({
    email_id: z.string().min(1).max(100),
    tags: z.record(z.string(), z.string()).optional(),
    bounce: z.object({ message: z.string(), type: z.string() }).optional(),
    failed: z.object({ reason: z.string() }).optional(),
    suppressed: z.object({ message: z.string() }).optional(),
  }),
});

/**
 * What a webhook reports about an e-mail; null for a webhook about something else.
 * @param body JSON of a webhook with a valid signature
 * @throws if it differs from what Resend documents
 */
export function reportOf(reportId: string, body: string): Report | null {
  const sent: unknown = JSON.parse(body);
  const kind = kindOf[webhook.parse(sent).type];
  if (kind === undefined) return null;
  const { created_at: at, data } = emailWebhook.parse(sent);
  const delivery = uuid.safeParse(data.tags?.['delivery']);
  const words = data.bounce?.message ?? data.failed?.reason ?? data.suppressed?.message ?? null;
  return {
    reportId,
    kind,
    at,
    providerId: data.email_id,
    deliveryId: delivery.data ?? null,
    permanent: data.bounce?.type === 'Permanent',
    words: words && storable(words),
  };
}

const mostOfWords = 2000;

/**
 * The text comes from a mail server, which may be anybody's: it is cut to the stored length and freed of what
 * PostgreSQL cannot store.
 */
function storable(words: string): string {
  return words.replaceAll('\0', '').slice(0, mostOfWords).toWellFormed();
}
