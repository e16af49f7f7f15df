import { NativeSelect } from '@mantine/core';
import type { ApplicationView } from '@tenure/contracts';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';

interface DeciderFilterProps {
  /** The listed applications, whose deciders are offered. */
  rows: readonly Pick<ApplicationView, 'decision'>[];
  by: string | undefined;
  onChoose: (memberId: string | undefined) => void;
}

/** Narrows the list to the decisions of one member. */
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
