import { TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { usePart } from '../app/use-part.js';
import { useWords } from '../words/use-words.js';
import type { OrganizationFilterProps } from './organization-choice.js';
import { useOrganizationName } from './use-organization-name.js';

const load = () => import('./organization-choice.js').then(({ OrganizationChoice }) => OrganizationChoice);

/** Narrows a list to an organization. The control is 6 KB, and loads after the list. */
export function OrganizationFilter(props: OrganizationFilterProps) {
  const { t } = useWords();
  const { Part: Choice, ask } = usePart(load);
  // oxlint-disable-next-line react/exhaustive-deps -- once
  useEffect(ask, []);
  const chosen = useOrganizationName(props.organizationId ?? '');
  return Choice ? (
    <Choice {...props} />
  ) : (
    <TextInput
      label={t('column.organization')}
      value={chosen || t('list.everyOrganization')}
      readOnly
      // As wide as the control that replaces it.
      rightSection={<span />}
    />
  );
}
