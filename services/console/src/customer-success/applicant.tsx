import { Anchor, DataList, Text } from '@mantine/core';
import type { ApplicationCheck, ApplicationView } from '@tenure/contracts';
import { Field } from '../app/field.js';
import { useWords } from '../words/use-words.js';
import { OrganizationLink } from './organization-link.js';

interface ApplicantProps {
  application: ApplicationView;
  /** Absent while it is not known. */
  check: ApplicationCheck | undefined;
}

/** Who applied, how to reach them, in which language, and for which organization. */
export function Applicant({ application: { applicant, organizationId, organizationName }, check }: ApplicantProps) {
  const { t } = useWords();
  const { applicantEmail: email, applicantLanguage } = check ?? {};
  return (
    <DataList labelWidth="15rem">
      <Field label={t('column.applicant')}>
        <Text inherit>{applicant.name}</Text>
        <Text inherit mih="1lh">
          {email && (
            <Anchor href={`mailto:${email}`} inherit>
              {email}
            </Anchor>
          )}
          {email && applicantLanguage && ` · ${t(`shell.languageName.${applicantLanguage}`)}`}
          {email === null && t('review.hasLeft')}
        </Text>
      </Field>
      <Field label={t('column.organization')}>
        <OrganizationLink organizationId={organizationId}>{organizationName}</OrganizationLink>
      </Field>
    </DataList>
  );
}
