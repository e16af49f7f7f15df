import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useReducer, useState } from 'react';
import { organizationsQuery } from '../api/queries.js';
import { useWords } from '../words/use-words.js';
import { useOrganizationName } from './use-organization-name.js';

export interface OrganizationFilterProps {
  organizationId: string | undefined;
  onChoose: (organizationId: string | undefined) => void;
}

/** Chooses one organization out of many by searching for a part of its name. */
export function OrganizationChoice({ organizationId = '', onChoose }: OrganizationFilterProps) {
  const { t } = useWords();
  const every = { value: '', label: t('list.everyOrganization') };
  const chosen = { value: organizationId, label: useOrganizationName(organizationId) };
  const [text, setText] = useState('');
  // The chosen label stands in the field, and is not a search text.
  const looked = text === chosen.label || text === every.label ? '' : text.trim();
  const [asked] = useDebouncedValue(looked || undefined, 300);
  // Most readers do not choose one.
  const [isEntered, enter] = useReducer(() => true, false);
  const found = useQuery({ ...organizationsQuery({ text: asked }), enabled: isEntered }).data?.items ?? [];
  const offered = found.map(({ organizationId: value, name: label }) => ({ value, label }));
  const isOffered = organizationId === '' || offered.some(({ value }) => value === organizationId);
  return (
    <Select
      label={t('column.organization')}
      value={organizationId}
      data={[every, ...(isOffered ? [] : [chosen]), ...offered]}
      searchable
      filter={({ options }) => options}
      allowDeselect={false}
      onFocus={({ currentTarget }) => {
        currentTarget.select();
        enter();
      }}
      onSearchChange={setText}
      onChange={(value) => onChoose(value || undefined)}
    />
  );
}
