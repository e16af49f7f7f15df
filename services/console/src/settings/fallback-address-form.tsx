import { useQuery, useQueryClient } from '@tanstack/react-query';
import { setFallbackAddress } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { fallbackAddressQuery } from '../api/queries.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { useWords } from '../words/use-words.js';
import { OneFieldForm } from './one-field-form.js';

/** The address for e-mails that reach nobody else. */
export function FallbackAddressForm() {
  const { t } = useWords();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(fallbackAddressQuery);
  return (
    <OneFieldForm
      scope="organization/fallback-address"
      type="email"
      words={{
        title: t('addresses.fallback'),
        is: t('addresses.fallbackIs'),
        label: t('addresses.fallbackAddress'),
        save: t('addresses.save'),
        saved: t('addresses.fallbackSaved'),
        wrong: t('addresses.fallbackWrong'),
      }}
      stored={data?.fallbackEmail}
      send={setFallbackAddress}
      onSaved={(saved) => keepAnswer(queries, fallbackAddressQuery.queryKey, saved)}
    >
      {error && <CouldNotLoad error={error} onTryAgain={() => void refetch()} />}
    </OneFieldForm>
  );
}
