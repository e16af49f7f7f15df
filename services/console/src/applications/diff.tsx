import { DataList, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ApplicationView } from '@tenure/contracts';
import { Fragment } from 'react';
import { Field } from '../app/field.js';
import { useQuantity } from '../words/use-quantity.js';
import { useWords } from '../words/use-words.js';
import { changesOf } from './changes.js';
import classes from './diff.module.css';
import { useChangeWords, type ChangeInWords } from './use-change-words.js';

type Asked = Pick<ApplicationView, 'request' | 'before' | 'after'>;

/** "250 → 400": both sides, labeled for screen readers. */
export function BeforeAndAfter({ before, after }: Omit<ChangeInWords, 'label'>) {
  const { t } = useWords();
  if (before === null) return <Text span>{after}</Text>;
  return (
    <>
      <VisuallyHidden>{t('change.before')}</VisuallyHidden>
      <Text span c="dimmed">
        {before}
      </Text>
      <span className={classes.arrow}>
        {' '}
        <IconArrowRight size={14} aria-hidden />{' '}
      </span>
      <VisuallyHidden>{t('change.after')}</VisuallyHidden>
      <Text span fw={600}>
        {after}
      </Text>
    </>
  );
}

/** What an application changes, one line for each. */
export function Diff({ application }: { application: Asked }) {
  return (
    <DataList>
      <DiffItems application={application} />
    </DataList>
  );
}

/** The lines without a container, to combine with others. */
export function DiffItems({ application }: { application: Asked }) {
  const inWords = useChangeWords();
  return changesOf(application)
    .map(inWords)
    .map(({ label, before, after }) => (
      <Field key={label} label={asTitle(label)}>
        <BeforeAndAfter before={before} after={after} />
      </Field>
    ));
}

/** The same in a row of a list, side by side, each with its unit. */
export function DiffInBrief({ application }: { application: Asked }) {
  const inWords = useChangeWords();
  const quantity = useQuantity();
  return (
    <Text size="sm" component="div">
      {changesOf(application).map((change, index, { length }) => {
        const { before, after } = inWords(change);
        const isBare = change.what === 'datapoints' || change.what === 'rtcLines';
        return (
          <Fragment key={change.what}>
            <span className={classes.change}>
              <BeforeAndAfter before={before} after={isBare ? quantity(change.after, change.what) : after} />
              {index < length - 1 && '\u00a0·'}
            </span>{' '}
          </Fragment>
        );
      })}
    </Text>
  );
}

/** A unit such as "datapoints" where it stands alone. */
function asTitle(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
