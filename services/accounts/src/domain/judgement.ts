import type { ContractFacts, FieldError, Refusal } from '@tenure/contracts';

/** The part of a recorded decision that determines whether it still holds. */
export type DecisionMade = { verdict: 'reject' } | { verdict: 'approve'; seen: ContractFacts | null };

/** Licensing's preview of the change as of the time of the decision. */
export interface FreshPreview {
  refusals: Refusal[];
  before: ContractFacts | null;
}

/** Whether a decision holds as things stand. Whether it came in time is decided later, by the application's row. */
export type Judgement =
  | { holds: true; status: 'approved' | 'rejected' }
  | {
      holds: false;
      code: 'facts_changed' | 'contract_refused';
      detail: string;
      errors: FieldError[];
      figures: Record<string, string | number>;
      /** The current facts, which differ from what was seen. */
      current: ContractFacts | null;
    };

/**
 * A rejection always holds. An approval holds if nothing that its maker saw has changed and licensing refuses nothing
 * (docs/rules.md: Application).
 */
export function judge(decision: DecisionMade, fresh: FreshPreview): Judgement {
  if (decision.verdict === 'reject') return { holds: true, status: 'rejected' };
  const changed = fresh.before === null ? [] : changedFacts(decision.seen, fresh.before);
  if (changed.length > 0)
    return {
      holds: false,
      code: 'facts_changed',
      detail: 'What the decision was based on has changed.',
      errors: changed,
      figures: { ...fresh.before },
      current: fresh.before,
    };
  if (fresh.refusals.length > 0)
    return {
      holds: false,
      code: 'contract_refused',
      detail: 'The application cannot be approved as things stand.',
      errors: refusedFields(fresh.refusals),
      figures: figuresOf(fresh.refusals),
      current: fresh.before,
    };
  return { holds: true, status: 'approved' };
}

const facts = ['license', 'contracted', 'rtcLines', 'expiresOn', 'state'] as const satisfies (keyof ContractFacts)[];

/** The facts that differ, each with the value that was seen and the current one. */
export function changedFacts(seen: ContractFacts | null, now: ContractFacts): FieldError[] {
  return facts
    .filter((fact) => seen?.[fact] !== now[fact])
    .map((fact) => ({
      path: `seen.${fact}`,
      code: 'changed',
      message: seen === null ? `It is ${now[fact]}.` : `It was ${seen[fact]} and is ${now[fact]} now.`,
      figures: { ...(seen && { seen: seen[fact] }), now: now[fact] },
    }));
}

/** Licensing's refusals as field errors, with paths as in a message that contains the application. */
export function refusedFields(refusals: readonly Refusal[]): FieldError[] {
  return refusals.map((refusal) => ({ ...refusal, path: inMessage(refusal.path) }));
}

/** The path in a message of an application's field; '' stands for the whole application. */
function inMessage(path: string): string {
  if (path === '') return 'application';
  return path.startsWith('application.') ? path : `application.${path}`;
}

/** The figures of all refusals together. Those of one name that differ, such as two maximums, are only in each refusal. */
export function figuresOf(refusals: readonly Refusal[]): Record<string, string | number> {
  const figures = refusals.flatMap((refusal) => Object.entries(refusal.figures ?? {}));
  const agrees = ([name, figure]: [string, string | number]) =>
    figures.every(([other, value]) => other !== name || value === figure);
  return Object.fromEntries(figures.filter(agrees));
}
