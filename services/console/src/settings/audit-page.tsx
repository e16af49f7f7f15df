import { useSession } from '../api/use-session.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { useWords } from '../words/use-words.js';
import { SettingsPage } from './settings-page.js';

/** Who changed what about the organization itself. */
export function AuditPage() {
  const { t } = useWords();
  const { organizationId } = useSession().member;
  return (
    <SettingsPage title={t('settings.audit')}>
      <AuditTrail of="organization" id={organizationId} />
    </SettingsPage>
  );
}
