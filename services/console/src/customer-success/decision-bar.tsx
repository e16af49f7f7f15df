import { Alert, Button, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { ApplicationCheck, ApplicationView } from '@tenure/contracts';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { decide, type DecisionInput } from '../api/calls.js';
import { keepApplication } from '../api/keep-answer.js';
import type { Refusal } from '../api/problem.js';
import { applicationQuery, checkQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { useSession } from '../api/use-session.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import { focusTitle } from '../app/focus-title.js';
import { isTypedOn, useTypedOn } from '../app/typed-on.js';
import { useKeys } from '../app/use-keys.js';
import { ButtonTo } from '../app/links.js';
import { useSendLabel } from '../app/use-send-label.js';
import { useTitleWhenGone } from '../app/use-title-when-gone.js';
import { useDraft } from '../forms/use-draft.js';
import { countText } from '../lists/count.js';
import { useWords } from '../words/use-words.js';
import { changedFacts, factsIn, type SeenFacts } from './changed-facts.js';
import { ChangedFacts } from './changed-facts-notice.js';
import classes from './decision.module.css';
import { usePlaceInQueue } from './use-place-in-queue.js';
import { useApprovalWords } from './use-approval-words.js';
import { wayBack } from './way-back.js';

const route = getRouteApi('/customer-success/applications/$applicationId');

interface DecisionBarProps {
  application: ApplicationView;
  check: ApplicationCheck | undefined;
  /** The checks could not be loaded. */
  checkFailed: boolean;
}

/**
 * Approve, Reject, Next: always in view. A decision by somebody else replaces the buttons; a reader who came from the
 * list of decided applications gets no bar. On a phone, the reason field is part of the page until the user starts
 * typing.
 */
export function DecisionBar({ application, check, checkFailed }: DecisionBarProps) {
  const { t, format } = useWords();
  const { member } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { applicationId, status, decision } = application;
  const place = usePlaceInQueue(applicationId, search);
  const next = useRef<HTMLAnchorElement>(null);
  const back = useRef<HTMLAnchorElement>(null);
  const isOwn = application.applicant.memberId === member.memberId;
  const isRead = status !== 'pending' && search.which === 'decided';
  const isSettling = status === 'pending' && decision?.outcome === 'recorded';

  const go = (id: string | null) =>
    id && void navigate({ to: '/customer-success/applications/$applicationId', params: { applicationId: id }, search });
  useKeys({ j: () => go(place.next), k: () => go(place.previous) });
  // After the decision, Next gets the focus, unless keys are still meant for the reason. If Next is gone because others
  // were quicker, the way back gets it; without either, the title.
  const hasNext = place.next !== null;
  const before = useRef({ status, hasNext });
  useEffect(() => {
    const was = before.current;
    const isLost = was.hasNext && !hasNext && document.activeElement === document.body;
    const way = hasNext ? next : back;
    if (status !== 'pending' && (was.status === 'pending' || isLost) && !isTypedOn()) {
      if (way.current) way.current.focus();
      else focusTitle();
    }
    before.current = { status, hasNext };
  }, [status, hasNext]);

  const label =
    place.position > 0
      ? t('review.nextOf', { position: format.number(place.position), of: countText(place.of, t, format) })
      : t('action.next');
  const mayDecide = status === 'pending' && !isOwn && !isSettling;
  const wayOn = (
    <div className={classes.on}>
      <ButtonTo ref={back} {...wayBack(search)} variant="subtle" {...(place.next && { className: classes.besides })}>
        {t(search.which === 'decided' ? 'review.toDecided' : 'review.toQueue')}
      </ButtonTo>
      {place.next && (
        <ButtonTo
          ref={next}
          to="/customer-success/applications/$applicationId"
          params={{ applicationId: place.next }}
          search={search}
          variant="default"
        >
          {label}
        </ButtonTo>
      )}
    </div>
  );
  if (mayDecide) return <Decide application={application} check={check} checkFailed={checkFailed} wayOn={wayOn} />;
  if (isRead) return null;
  return (
    <Decision label={t(status === 'pending' ? 'review.decision' : 'review.queue')}>
      <div className={classes.bar}>
        <div className={classes.ways}>
          <Text size="sm" fw={isSettling || status !== 'pending' ? 650 : undefined} className={classes.sentence}>
            {sentence()}
          </Text>
          {wayOn}
        </div>
      </div>
    </Decision>
  );

  function sentence() {
    const by = decision?.decidedBy;
    if (status !== 'pending')
      return decision?.outcome === 'applied' && by!.memberId !== member.memberId
        ? t('review.alreadyDecided', { name: by!.name })
        : t(`applicationStatus.${status}`);
    if (!isSettling) return t('review.own');
    return by!.memberId === member.memberId
      ? t('review.unconfirmed')
      : t(`review.unconfirmedOf.${decision!.verdict}`, { name: by!.name });
  }
}

interface DecisionProps {
  label: string;
  /** A reason was started: its field stays in view, so that none is sent unseen. */
  isReasoned?: boolean;
  children: ReactNode;
}

function Decision({ label, isReasoned = false, children }: DecisionProps) {
  return (
    <section className={classes.decision} aria-label={label} data-at-end data-reasoned={isReasoned || undefined}>
      {children}
    </section>
  );
}

function Decide({ application, check, checkFailed, wayOn }: DecisionBarProps & { wayOn: ReactNode }) {
  const { t } = useWords();
  const label = useSendLabel();
  const queries = useQueryClient();
  const { applicationId } = application;
  const draft = useDraft(`reason/${applicationId}`, { reason: '' });
  const { reason } = draft.values;
  const [isMissing, setMissing] = useState(false);
  // While the decision is being settled, nothing in the bar takes the focus.
  useTitleWhenGone();
  const approveButton = useRef<HTMLButtonElement>(null);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  useTypedOn(reasonField);
  const goToReason = () => {
    reasonField.current?.focus();
    // A browser leaves a field that is in view where it is, even if what is wrong, above it, is not.
    reasonField.current?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({ a: () => approveButton.current?.focus(), r: goToReason });

  const preview = check?.preview ?? undefined;
  const now = preview && factsIn(preview);
  const [seen, setSeen] = useState<SeenFacts>();
  if (now && !seen) setSeen(now);
  const changed = seen && now ? changedFacts(seen, now) : [];
  const words = useApprovalWords();
  const approval = preview
    ? words(application, preview)
    : { sentence: t(checkFailed ? 'review.notChecked' : 'review.checking'), isPossible: false };
  const mayApprove = approval.isPossible && changed.length === 0;

  const show = (shown: ApplicationView) => keepApplication(queries, shown);
  const send = useSend<DecisionInput, ApplicationView | { decisionId: string; application: string }>({
    scope: `decide/${applicationId}`,
    send: (content, options) => decide(applicationId, content, options),
    onAnswer: (answer) => {
      draft.stored.discard();
      if ('status' in answer) return show(answer);
      announce(t('review.unconfirmed'));
      return queries.invalidateQueries({ queryKey: applicationQuery(applicationId).queryKey });
    },
    onRefusal: ({ problem }) => {
      if (isApplication(problem.current)) show(problem.current);
      if (problem.code === 'application_already_decided') announce(t('review.tooLate'));
      void queries.invalidateQueries({ queryKey: checkQuery(applicationId).queryKey });
    },
  });
  /** Each button says how its own decision is being sent: "Try again" must not send the other one. */
  const labelOf = (verdict: DecisionInput['verdict'], does: string) =>
    send.content?.verdict === verdict ? label(send, does) : does;
  const facts = seen?.facts ?? null;
  const isTooLong = reason.trim().length > 1_000;

  const reject = () => {
    if (reason.trim() === '' || isTooLong) {
      // Its line is there before the field is scrolled into view, and does not push it out again.
      flushSync(() => setMissing(!isTooLong));
      goToReason();
    } else submit({ verdict: 'reject', reason: reason.trim(), seen: facts });
  };
  const approve = () => {
    if (mayApprove && isTooLong) goToReason();
    else if (mayApprove) submit({ verdict: 'approve', reason: reason.trim() || null, seen: facts });
    else announce(changed.length > 0 ? t('review.seeFirst') : approval.sentence);
  };
  const submit = (content: DecisionInput) => {
    announce(t('send.sending'));
    send.submit(content);
  };
  const type = (value: string) => {
    draft.change({ reason: value });
    setMissing(false);
  };
  const language = check ? t(`review.readsIn.${check.applicantLanguage}`) : '';

  return (
    <Decision label={t('review.decision')} isReasoned={reason !== ''}>
      <Textarea
        ref={reasonField}
        className={classes.reason}
        label={t('review.reason')}
        description={`${t('review.applicantReads')} ${language}`}
        value={reason}
        error={isMissing ? t('field.reason') : isTooLong ? t('field.comment') : undefined}
        inputWrapperOrder={['label', 'description', 'error', 'input']}
        autosize
        minRows={1}
        maxRows={6}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
      <Stack gap="sm" className={classes.bar}>
        <ChangedFacts changed={changed} onSeen={() => setSeen(now)} />
        {send.refusal && <Refused refusal={send.refusal} />}
        {send.uncertain && (
          <Alert color="yellow" role="alert" title={t('review.unconfirmed')}>
            <Text size="sm">{t('send.uncertain')}</Text>
          </Alert>
        )}
        <div className={classes.ways}>
          <Text size="sm" id="approval" className={classes.sentence}>
            {approval.sentence}
          </Text>
          <Button
            variant="outline"
            color="var(--mantine-color-error)"
            aria-disabled={send.sending || undefined}
            onClick={reject}
          >
            {labelOf('reject', t('action.reject'))}
          </Button>
          <Button
            ref={approveButton}
            aria-disabled={send.sending || !mayApprove || undefined}
            data-disabled={!mayApprove || undefined}
            aria-describedby="approval"
            onClick={approve}
          >
            {labelOf('approve', t('action.approve'))}
          </Button>
          {wayOn}
        </div>
      </Stack>
    </Decision>
  );
}

/** The server checked again and refused: the application stays pending. */
function Refused({ refusal }: { refusal: Refusal }) {
  const { t } = useWords();
  const { code } = refusal.problem;
  if (code === 'application_already_decided') return null;
  const sentence =
    code === 'facts_changed'
      ? t('review.factsChanged')
      : code === 'own_application'
        ? t('review.own')
        : code === 'contract_refused' || code === 'account_expired'
          ? t('review.refusedNow')
          : failureWords(refusal, t);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />}>
      {sentence}
    </Alert>
  );
}

function isApplication(current: unknown): current is ApplicationView {
  return typeof current === 'object' && current !== null && 'applicationId' in current && 'status' in current;
}
