import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { countriesQuery } from '../api/queries.js';
import { useWords } from '../words/use-words.js';
import classes from './forms.module.css';
import { fieldId } from './field-id.js';

interface PlaceFieldsProps {
  country: string;
  timeZone: string;
  errors: { country?: ReactNode; timeZone?: ReactNode };
  onChange: (place: { country: string; timeZone: string }) => void;
}

/**
 * "Spain · Europe/Madrid  Change": preset from the organization; the zone is asked only where a country has several.
 */
export function PlaceFields({ country, timeZone, errors, onChange }: PlaceFieldsProps) {
  const { t, format } = useWords();
  const { data } = useQuery(countriesQuery);
  const [open, setOpen] = useState<'not' | 'asked' | 'needed'>('not');
  const countryField = useRef<HTMLSelectElement>(null);
  // The button that had the focus is gone.
  useEffect(() => {
    if (open === 'asked') countryField.current?.focus();
  }, [open]);
  // The fields then stay open, whatever is chosen.
  if (open === 'not' && (timeZone === '' || errors.country || errors.timeZone)) setOpen('needed');
  const zonesOf = (code: string) => data?.items.find((each) => each.code === code)?.timeZones ?? [];
  const countries = (data?.items ?? [])
    .map(({ code }) => ({ value: code, label: format.country(code) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const zones = zonesOf(country);

  if (open === 'not')
    return (
      <Group gap="xs">
        <Text size="sm">
          {format.country(country)} · {timeZone}
        </Text>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('form.changePlace')}
          onClick={() => setOpen('asked')}
          disabled={!data}
        >
          {t('form.change')}
        </Button>
      </Group>
    );
  return (
    <div className={classes.pair}>
      <NativeSelect
        id={fieldId('country')}
        label={t('form.country')}
        ref={countryField}
        data={countries}
        value={country}
        error={errors.country}
        onChange={({ currentTarget: { value } }) => {
          const offered = zonesOf(value);
          onChange({ country: value, timeZone: offered.length === 1 ? offered[0]! : '' });
        }}
      />
      {zones.length > 1 && (
        <NativeSelect
          id={fieldId('timeZone')}
          label={t('form.timeZone')}
          data={[
            ...(timeZone === '' ? [{ value: '', label: t('form.choose') }] : []),
            ...zones.map((zone) => ({ value: zone, label: zone })),
          ]}
          value={timeZone}
          error={errors.timeZone}
          onChange={({ currentTarget: { value } }) => onChange({ country, timeZone: value })}
        />
      )}
    </div>
  );
}
