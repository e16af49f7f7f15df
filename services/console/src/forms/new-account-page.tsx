import './forms.css';
import { NativeSelect, type NativeSelectProps, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { applicationQuery, countriesQuery, emailDomainsQuery, licensesQuery, sectorsQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { ButtonTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { Section } from '../app/section.js';
import { countryOfRtcLines, minimumDatapoints } from '../applications/limits.js';
import { useQuantity } from '../words/use-quantity.js';
import { useWords } from '../words/use-words.js';
import { AskedAgain, type Asked } from './asked-again.js';
import { FigureInput } from './figure-input.js';
import { FormWithPreview } from './form-with-preview.js';
import classes from './forms.module.css';
import { NoneOffered, NotOffered } from './not-offered.js';
import { PlaceFields } from './place-fields.js';
import { TermPreview } from './preview-panel.js';
import { RejectedBefore } from './rejected-before.js';
import { useApplicationForm } from './use-application-form.js';

const zones = {
  active: '/account-management/active',
  expired: '/account-management/expired',
  applications: '/account-management/applications',
} as const;

const route = getRouteApi('/account-management/new');

/** The form for a new account. */
export function NewAccountPage() {
  const { t } = useWords();
  return (
    <AskedAgain title={t('action.createAccount')} type="new_account">
      {(asked) => <NewAccount {...(asked && { asked })} />}
    </AskedAgain>
  );
}

/** The nine fields of a new account, with the preview beside them. */
function NewAccount({ asked }: { asked?: Asked<'new_account'> }) {
  const { t, language } = useWords();
  const quantity = useQuantity();
  const { organization } = useSession().member;
  const offered = {
    licenses: useQuery(licensesQuery),
    sectors: useQuery(sectorsQuery),
    countries: useQuery(countriesQuery),
    domains: useQuery(emailDomainsQuery),
  };
  const licenses = offered.licenses.data?.items;
  const sectors = offered.sectors.data?.items;
  const domains = offered.domains.data?.items;
  const { again } = route.useSearch();
  const { data: before } = useQuery({ ...applicationQuery(again ?? ''), enabled: asked !== undefined });
  const form = useApplicationForm({
    scope: 'new_account',
    initial: {
      accountName: asked?.accountName ?? '',
      customerName: asked?.customerName ?? '',
      license: asked?.license ?? '',
      datapoints: (asked?.datapoints ?? minimumDatapoints) as number | string,
      months: (asked?.months ?? 12) as number | string,
      sector: asked?.sector ?? '',
      country: asked?.country ?? organization.country,
      timeZone: asked?.timeZone ?? organization.timeZone,
      rtcLines: (asked?.rtcLines ?? 0) as number | string,
      emailDomain: asked?.emailDomain ?? '',
      comment: asked?.comment ?? '',
    },
    requestOf: (values) => ({ type: 'new_account', ...values, emailDomain: values.emailDomain || null }),
  });
  const { values, field } = form;
  // A draft, or an application that is sent again, may have one that was deleted since.
  const isDeleted = values.emailDomain !== '' && domains?.every(({ domain }) => domain !== values.emailDomain);
  const deleted = isDeleted ? [{ domain: values.emailDomain, status: 'failed' }] : [];
  const choose = { value: '', label: t('form.choose') };
  const labels = {
    accountName: t('form.accountName'),
    customerName: t('form.customerName'),
    license: t('form.license'),
    datapoints: t('form.datapoints'),
    months: t('form.months'),
    sector: t('form.sector'),
    country: t('form.country'),
    timeZone: t('form.timeZone'),
    rtcLines: t('form.rtcLines'),
    emailDomain: t('form.emailDomain'),
    comment: t('form.comment'),
  };
  const hasNoRtcLines = values.country !== countryOfRtcLines && values.rtcLines === 0;

  return (
    <Page title={t('action.createAccount')}>
      {asked && <RejectedBefore application={before} />}
      <FormWithPreview
        title={t('action.createAccount')}
        form={form}
        labels={labels}
        license={values.license}
        cancel={<Cancel />}
        beside={form.preview.answer && <TermPreview answer={form.preview.answer} />}
      >
        <NotOffered
          of={{
            [labels.license]: offered.licenses,
            [labels.sector]: offered.sectors,
            [t('form.place')]: offered.countries,
            [labels.emailDomain]: offered.domains,
          }}
        />
        <NoneOffered of={{ [labels.license]: offered.licenses, [labels.sector]: offered.sectors }} />
        <Fields title={t('form.account')}>
          <div className={classes.pair}>
            <TextInput label={labels.accountName} required {...field('accountName')} />
            <TextInput label={labels.customerName} required {...field('customerName')} />
          </div>
        </Fields>
        <Fields title={t('form.contract')}>
          <OfferedSelect
            offered={licenses}
            label={labels.license}
            required
            data={[
              choose,
              ...(licenses ?? []).map(({ code, names, maxDatapoints, maxRtcLines }) => ({
                value: code,
                label: t('form.licenseLimits', {
                  name: names[language] ?? code,
                  datapoints: quantity(maxDatapoints, 'datapoints'),
                  lines: quantity(maxRtcLines, 'rtcLines'),
                }),
              })),
            ]}
            {...field('license', 'datapoints', 'rtcLines')}
          />
          <div className={classes.pair}>
            <FigureInput label={labels.datapoints} required {...field('datapoints')} />
            <FigureInput label={labels.months} required {...field('months')} />
          </div>
        </Fields>
        <Fields title={t('form.project')}>
          <OfferedSelect
            offered={sectors}
            label={labels.sector}
            required
            data={[
              choose,
              ...(sectors ?? []).map(({ code, names }) => ({ value: code, label: names[language] ?? code })),
            ]}
            {...field('sector')}
          />
          <PlaceFields
            country={values.country}
            timeZone={values.timeZone}
            errors={{ country: field('country').error, timeZone: field('timeZone').error }}
            onChange={(place) => {
              form.form.setValues(place);
              form.form.validateField('rtcLines');
            }}
          />
          <FigureInput
            label={labels.rtcLines}
            description={hasNoRtcLines ? t('field.onlyInSpain') : t('form.rtcLinesAre')}
            readOnly={hasNoRtcLines}
            {...field('rtcLines')}
          />
        </Fields>
        <Fields title={t('form.mailing')}>
          <OfferedSelect
            offered={domains}
            label={labels.emailDomain}
            data={[
              { value: '', label: t('form.platformDomain') },
              ...[...(domains ?? []), ...deleted].map(({ domain, status }) => ({
                value: domain,
                label: status === 'verified' ? domain : t('form.unverified', { domain }),
                disabled: status !== 'verified',
              })),
            ]}
            {...field('emailDomain')}
          />
          <Textarea
            label={labels.comment}
            description={t('form.commentIs')}
            autosize
            minRows={3}
            {...field('comment')}
          />
        </Fields>
      </FormWithPreview>
    </Page>
  );
}

/** Back to where the user came from: the application not being sent again after all, or the filtered zone. */
function Cancel() {
  const { t } = useWords();
  const { again, from = 'active', ...narrowed } = route.useSearch();
  const look = { variant: 'subtle', size: 'md', children: t('form.cancel') } as const;
  return again === undefined ? (
    <ButtonTo to={zones[from]} search={narrowed} {...look} />
  ) : (
    <ButtonTo
      to="/account-management/applications/$applicationId"
      params={{ applicationId: again }}
      search={narrowed}
      {...look}
    />
  );
}

/**
 * A select that chooses the value of a draft once its options have loaded, and keeps the focus meanwhile. Not
 * natively required: Chromium would tell screen readers that it is invalid before anybody has left it without a choice.
 */
function OfferedSelect({ offered, required, ...props }: NativeSelectProps & { offered: unknown }) {
  const select = useRef<HTMLSelectElement>(null);
  useLayoutEffect(() => {
    const chosen = [...select.current!.options].find(({ value }) => value === props.defaultValue);
    if (chosen) chosen.selected = true;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- later, the user chooses
  }, [offered]);
  return <NativeSelect ref={select} aria-required={required} {...props} />;
}

function Fields({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Section title={title}>
      <Stack gap="md">{children}</Stack>
    </Section>
  );
}
