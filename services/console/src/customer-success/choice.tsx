import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { useMomentWords } from '../account/use-moment-words.js';
import { unclearDeliveriesQuery } from '../api/queries.js';
import { announceFailure } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import type { Email } from '../emails/emails.js';
import { useDraft } from '../forms/use-draft.js';
import { countText } from '../lists/count.js';
import { useWords } from '../words/use-words.js';

/** The ids of the unclear e-mails that are chosen to be resolved alike, on whichever page of the list they are. */
export interface Choice {
  chosen: ReadonlySet<string>;
  choose: (deliveryIds: readonly string[], isChosen: boolean) => void;
}

/**
 * They stay chosen while the user looks at what one of them is about, until they are resolved.
 * @param organizationId the one to which the list is narrowed
 * @param all the whole list, if it is one page: a colleague may have resolved some that were chosen
 */
export function useChoice(organizationId: string | undefined, all?: readonly Pick<Email, 'deliveryId'>[]): Choice {
  const { values, stored, change } = useDraft(`unclear/${organizationId ?? 'all'}`, { chosen: [] as string[] });
  const choose: Choice['choose'] = (deliveryIds, isChosen) => {
    const changed = new Set(deliveryIds);
    const others = (stored.read()?.chosen ?? []).filter((deliveryId) => !changed.has(deliveryId));
    change({ chosen: isChosen ? [...others, ...deliveryIds] : others });
  };
  const isThere = (chosen: string) => all?.some(({ deliveryId }) => deliveryId === chosen) ?? true;
  return { chosen: new Set(values.chosen.filter(isThere)), choose };
}

/** The rows of a table are drawn later: a checkbox has to show at once that it was pressed. */
export const ChoiceContext = createContext<Choice>({ chosen: new Set(), choose: () => undefined });

/** Chooses one e-mail, in its row. */
export function ChooseOne({ deliveryId, kind, email }: Pick<Email, 'deliveryId' | 'kind' | 'email'>) {
  const { t } = useWords();
  const words = useMomentWords();
  const { chosen, choose } = use(ChoiceContext);
  return (
    <Checkbox
      aria-label={t('unknown.choose', { kind: words.kind(kind), email })}
      checked={chosen.has(deliveryId)}
      onChange={({ currentTarget }) => choose([deliveryId], currentTarget.checked)}
    />
  );
}

/** Chooses all e-mails, on all pages, or none. */
export function ChooseAll({ organizationId, count }: { organizationId: string | undefined; count: number }) {
  const { t, format } = useWords();
  const queries = useQueryClient();
  const { chosen, choose } = use(ChoiceContext);
  const all = useMutation({
    mutationFn: async () => {
      const deliveryIds: string[] = [];
      let cursor: string | undefined;
      do {
        const query = unclearDeliveriesQuery({ organizationId, cursor, limit: 200 });
        const page = await queries.fetchQuery({ ...query, staleTime: 0 });
        deliveryIds.push(...page.items.map(({ deliveryId }) => deliveryId));
        cursor = page.next ?? undefined;
      } while (cursor);
      return deliveryIds;
    },
    onSuccess: (deliveryIds) => choose(deliveryIds, true),
    onError: (error) => announceFailure(failureWords(error, t)),
  });
  return (
    <Checkbox
      label={t('unknown.all', { shown: countText(count, t, format) })}
      checked={chosen.size >= count}
      indeterminate={all.isPending || (chosen.size > 0 && chosen.size < count)}
      onChange={({ currentTarget }) => {
        if (all.isPending) return;
        if (currentTarget.checked) all.mutate();
        else choose([...chosen], false);
      }}
    />
  );
}
