import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApplicationForm, ApplicationView, FieldError } from '@tenure/contracts';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { startTransition, useReducer, useState, type FocusEvent, type FormEvent, type ReactNode } from 'react';
import { submit } from '../api/calls.js';
import { keepApplication } from '../api/keep-answer.js';
import type { Refusal } from '../api/problem.js';
import { licensesQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { useWords } from '../words/use-words.js';
import { readZoneSearch } from '../zones/account-search.js';
import { checkRequest, type Known, type TypedRequest } from './check.js';
import { fieldId } from './field-id.js';
import { FieldMessage } from './field-message.js';
import { fieldOf } from './field-messages.js';
import type { Failed } from './form-summary.js';
import { NameTaken } from './name-taken.js';
import { onceReleased } from './once-released.js';
import { refusalsWithoutField } from './refusals-without-field.js';
import { useAskBeforeClosing } from './use-ask-before-closing.js';
import { useDraft } from './use-draft.js';
import { usePreview } from './use-preview.js';

interface ApplicationFormOf<V> {
  /** The application's type and account, as the key of its draft and its idempotency keys. */
  scope: string;
  initial: V;
  requestOf: (values: V) => TypedRequest;
  account?: NonNullable<Known['account']>;
}

/**
 * A form that becomes an application: validated when a field is left and when it is sent, previewed a moment after each
 * change, kept as a draft until it is sent or discarded, and sent once.
 */
export function useApplicationForm<V extends Record<string, unknown>>({
  scope,
  initial,
  requestOf,
  account,
}: ApplicationFormOf<V>) {
  type Field = Extract<keyof V, string>;
  const { t } = useWords();
  const { data: catalog } = useQuery(licensesQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const [ownPath] = useState(router.latestLocation.pathname);
  const { again, ...address } = useSearch({ strict: false });
  const draft = useDraft(scope, initial);
  const [failed, setFailed] = useState<Failed>();
  /** A new generation remounts the fields. */
  const [generation, begin] = useReducer((times: number) => times + 1, 0);

  const check = (request: TypedRequest) =>
    checkRequest(request, { licenses: catalog?.items ?? [], ...(account && { account }) });
  const form = useForm<V>({
    // A field renders its own input; what depends on it is rendered after the key has been handled.
    mode: 'uncontrolled',
    initialValues: draft.values,
    validateInputOnBlur: true,
    validate: (values) => {
      const request = requestOf(values);
      return messagesFor(check(request), request.license ?? account?.license);
    },
    onValuesChange: draft.change,
  });
  const request = requestOf(form.getValues());
  const license = request.license ?? account?.license;
  const send = useSend<ApplicationForm, ApplicationView>({
    scope,
    send: submit,
    leaves: true,
    onAnswer: (application) => {
      draft.stored.discard();
      const { applicationId } = application;
      keepApplication(queries, application);
      announce(t('send.sent'));
      // Whoever has gone to another page meanwhile stays there.
      if (router.latestLocation.pathname !== ownPath) return;
      void navigate({
        to: '/account-management/applications/$applicationId',
        params: { applicationId },
        // An application that is sent again was opened from the list of applications.
        state: { sent: true, ...(account && again === undefined && { zone: readZoneSearch(address) }) },
        // "Back" leads to the page before the form, in which there is nothing left to do.
        replace: true,
      });
    },
    onRefusal: (refusal) => {
      const errors = refusedFields(refusal, Object.keys(initial), license);
      form.setErrors(errors);
      setFailed({ errors, refusal });
    },
  });
  useAskBeforeClosing(() => draft.stored.read() !== undefined);
  // What is being sent, or may have arrived, would be refused because of itself: its name is taken.
  const preview = usePreview(request, check, send.sending || send.uncertain ? send.content : undefined);
  const why = refusalsWithoutField(
    preview.answer?.refusals ?? [],
    (name) => name in initial && (form.errors[name] !== undefined || form.isTouched(name)),
  );

  const submitted = form.onSubmit(
    (values) => {
      setFailed(undefined);
      announce(t('send.sending'));
      send.submit(requestOf(values) as ApplicationForm);
    },
    (errors) => setFailed({ errors }),
  );

  return {
    form,
    values: form.getValues(),
    preview: { ...preview, why, license },
    send,
    failed,
    /** The click is handled before the errors of nine fields are rendered. */
    onSubmit: (event: FormEvent<HTMLFormElement>) => startTransition(() => submitted(event)),
    /**
     * The props of a field: from Mantine's form, plus what the preview refused once the field was touched.
     * @param bounded fields whose limits depend on this one: their errors are checked again with it
     */
    field: (name: Field, ...bounded: Field[]) => {
      const props = form.getInputProps(name as never);
      const refused = form.isTouched(name) && !send.uncertain && preview.refusals.find(({ path }) => path === name);
      return {
        ...props,
        onChange: (typed: unknown) =>
          startTransition(() => {
            props.onChange(typed);
            for (const each of bounded) if (form.errors[each]) form.validateField(each as never);
          }),
        onBlur: (event: FocusEvent) => onceReleased(() => startTransition(() => props.onBlur?.(event))),
        id: fieldId(name),
        error: props.error ?? (refused ? <FieldMessage error={refused} license={license} /> : undefined),
      };
    },
    restored: draft.restored,
    discard: () => {
      draft.discard();
      form.setValues(initial);
      form.clearErrors();
      form.resetTouched();
      send.reset();
      setFailed(undefined);
      begin();
    },
    generation,
  };
}

function messagesFor(errors: readonly FieldError[], license: string | undefined): Record<string, ReactNode> {
  return Object.fromEntries(
    errors.map((error) => [fieldOf(error.path), <FieldMessage key={error.path} error={error} license={license} />]),
  );
}

/** The API's refusals at the fields of the form; a taken name links to what has it. */
function refusedFields({ problem }: Refusal, fields: readonly string[], license: string | undefined) {
  const errors = (problem.errors ?? []).filter(({ path }) => fields.includes(fieldOf(path)));
  const messages = messagesFor(errors, license);
  if (problem.code === 'name_taken') messages['accountName'] = <NameTaken holder={problem.current} />;
  return messages;
}
