import { NativeSelect } from '@mantine/core';
import type { ApplicationView } from '@tenure/contracts';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';

interface DeciderFilterProps {
  /** What is listed: those who decided it are offered. */
  rows: readonly Pick<ApplicationView, 'decision'>[];
  by: string | undefined;
  onChoose: (memberId: string | undefined) => void;
}

/** By whose decisions the list is narrowed. */
export function DeciderFilter({ rows, by = '', onChoose }: DeciderFilterProps) {
  const { t } = useWords();
  const { memberId: me } = useSession().member;
  const names = new Map<string, string>(by === '' ? [] : [[by, t('list.colleague')]]);
  for (const { decision } of rows)
    if (decision?.outcome === 'applied') names.set(decision.decidedBy.memberId, decision.decidedBy.name);
  names.delete(me);
  const colleagues = [...names].map(([value, label]) => ({ value, label }));
  return (
    <NativeSelect
      label={t('list.decidedBy')}
      value={by}
      onChange={({ currentTarget }) => onChoose(currentTarget.value || undefined)}
      data={[
        { value: '', label: t('list.anyone') },
        { value: me, label: t('list.me') },
        ...colleagues.toSorted((one, other) => one.label.localeCompare(other.label)),
      ]}
    />
  );
}
