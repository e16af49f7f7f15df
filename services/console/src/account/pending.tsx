import { Group } from '@mantine/core';
import type { AccountView } from '@tenure/contracts';
import { LinkTo } from '../app/links.js';
import { useWords } from '../words/use-words.js';

/** The account's pending applications, each as a link. */
export function Pending({ pending, review = false }: { pending: AccountView['pending']; review?: boolean }) {
  const { t } = useWords();
  return (
    <Group gap="xs">
      {pending.map(({ applicationId, type }) => (
        <LinkTo
          key={applicationId}
          size="sm"
          to={
            review ? '/customer-success/applications/$applicationId' : '/account-management/applications/$applicationId'
          }
          params={{ applicationId }}
        >
          {t(`applicationType.${type}`)}
        </LinkTo>
      ))}
    </Group>
  );
}
