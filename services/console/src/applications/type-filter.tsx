import { NativeSelect } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import { applicationTypes, type ApplicationType } from './types.js';

interface TypeFilterProps {
  type: ApplicationType | undefined;
  onChoose: (type: ApplicationType | undefined) => void;
}

/** Which type a list of applications is narrowed to. */
export function TypeFilter({ type, onChoose }: TypeFilterProps) {
  const { t } = useWords();
  return (
    <NativeSelect
      label={t('column.type')}
      value={type ?? ''}
      onChange={({ currentTarget }) => onChoose((currentTarget.value || undefined) as ApplicationType | undefined)}
      data={[
        { value: '', label: t('list.everyType') },
        ...applicationTypes.map((value) => ({ value, label: t(`applicationType.${value}`) })),
      ]}
    />
  );
}
