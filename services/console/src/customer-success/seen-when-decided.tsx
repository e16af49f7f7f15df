import { DataList, Text, Title } from '@mantine/core';
import type { ApplicationView, ContractFacts } from '@tenure/contracts';
import { Field } from '../app/field.js';
import { useWords } from '../words/use-words.js';
import { factNames } from './changed-facts.js';
import { useFactWords } from './use-fact-words.js';

interface SeenWhenDecidedProps {
  seen: ContractFacts;
  whenSent: ApplicationView['heldWhenSent'];
}

/** What the reviewer saw when deciding, and where that differed from the time of sending. */
export function SeenWhenDecided({ seen, whenSent }: SeenWhenDecidedProps) {
  const { t } = useWords();
  const words = useFactWords();
  const inWords = (what: keyof ContractFacts) => {
    const [now, was] = [seen[what], whenSent?.[what] ?? seen[what]];
    const value = words(what, now);
    return was === now ? value : t('review.otherWhenSent', { value, was: words(what, was) });
  };
  return (
    <div>
      <Title order={3} size="h6" mb="xs">
        {t('review.seenWhenDecided')}
      </Title>
      <DataList labelWidth="15rem">
        {factNames.map((what) => (
          <Field key={what} label={t(`review.fact.${what}`)}>
            <Text span>{inWords(what)}</Text>
          </Field>
        ))}
      </DataList>
    </div>
  );
}
