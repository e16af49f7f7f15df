import type { DispatchRow } from '../database/dispatch.entity.js';
import { aboutNotice, isKnownKind, type ClaimedNotice } from './claimed-notice.js';
import { requestFrom, storedRequest, type EmailRequest, type StoredRequest } from './email-request.js';

/** A stored dispatch that the provider may have accepted. */
export interface OpenDispatch extends Pick<DispatchRow, 'dispatchId' | 'attempts' | 'firstAttemptAt'> {
  /** In the order in which they are sent. */
  emails: DispatchedEmail[];
  /** The provider has reported on one of them, so it has accepted all. */
  isReported: boolean;
}

export interface DispatchedEmail {
  deliveryId: string;
  /** The address. */
  email: string;
  /** The outcome of the last attempt. */
  reason: string | null;
  /** Exactly as it is handed to the provider. */
  request: EmailRequest;
  notice: ClaimedNotice;
}

/** The e-mails of a dispatch `d` as one ordered JSON list. */
export const storedEmails = `
  select jsonb_agg(jsonb_build_object('deliveryId', v.delivery_id, 'email', v.email, 'reason', v.reason,
      'stored', ${storedRequest('lines.filled')}, 'notice', ${aboutNotice})
    order by e.position)
  from notifications.dispatched_emails e
  join notifications.deliveries v on v.delivery_id = e.delivery_id
  join notifications.notices n on n.notice_id = v.notice_id
  left join notifications.forms f on f.form_id = e.form_id
  left join string_to_table(d.filled, chr(10)) with ordinality as lines(filled, line) on line = e.position + 1
  where e.dispatch_id = d.dispatch_id`;

/** A dispatch as the database returns it. */
export type StoredDispatch = Omit<OpenDispatch, 'firstAttemptAt' | 'emails'> & {
  firstAttemptAt: string;
  emails: (Omit<DispatchedEmail, 'request'> & { stored: StoredRequest })[];
};

/** @throws Error if a later version has stored it in its own way */
export function openDispatchFrom({ firstAttemptAt, emails, ...dispatch }: StoredDispatch): OpenDispatch {
  return { ...dispatch, firstAttemptAt: new Date(firstAttemptAt), emails: emails.map(emailFrom) };
}

function emailFrom({ stored, ...email }: StoredDispatch['emails'][number]): DispatchedEmail {
  if (!isKnownKind(email.notice)) throw new Error(`The kind ${String(email.notice.kind)} is not known.`);
  return { ...email, request: requestFrom(stored) };
}

/** The distinct notices that its e-mails are about. */
export function noticesOf({ emails }: Pick<OpenDispatch, 'emails'>): ClaimedNotice[] {
  return [...new Map(emails.map(({ notice }) => [notice.noticeId, notice])).values()];
}
