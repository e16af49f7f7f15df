import { Anchor, DataList, Text } from '@mantine/core';
import type { ApplicationCheck } from '@tenure/contracts';
import { Field } from '../app/field.js';
import { useWords } from '../words/use-words.js';

interface ApplicantProps {
  name: string;
  /** Absent while it is not known. */
  check: ApplicationCheck | undefined;
}

/** Who applied, how to reach them, and in which language. */
export function Applicant({ name, check }: ApplicantProps) {
  const { t } = useWords();
  const { applicantEmail: email, applicantLanguage } = check ?? {};
  return (
    <DataList labelWidth="15rem">
      <Field label={t('column.applicant')}>
        <Text inherit>{name}</Text>
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
    </DataList>
  );
}
