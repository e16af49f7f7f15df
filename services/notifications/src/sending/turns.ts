import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows, sendAlong } from '@tenure/platform';
import { turnsFor } from '../domain/pace.js';

/** A turn at the provider, held by a claim. All times are the database's, so the instances' clocks do not matter. */
export interface HeldTurn {
  turn: number;
  claimId: string;
}

/** How long a request counts against the rate limit after its answer. */
const COUNTS_SECONDS = 1;

/**
 * How long a request may hold its turn: longer than its timeout, for the database's answer that it may be made, and for
 * the network.
 */
export function secondsOfTurn({ timeoutSeconds }: { timeoutSeconds: number }): number {
  return timeoutSeconds + 1;
}

/** Part of a claim's statement: `turn` is a free turn, locked; empty while others hold all of them. */
export const freeTurn = `
  turn as materialized (
    select turn from notifications.turns where free_at <= clock_timestamp() order by turn limit 1
    for update skip locked)`;

/** The other part: takes the turn if the claim found something, which is in `due`. Parameters: claim, seconds. */
export const takenTurn = `
  taken as (
    update notifications.turns set holder = ?, free_at = clock_timestamp() + make_interval(secs => ?)
    where turn = (select turn from turn) and exists (select from due) returning turn)`;

/** Milliseconds until a turn is free; 0 when one is. */
export async function nextTurnMs(em: EntityManager): Promise<number> {
  const [row] = await queryRows<{ ms: number }>(
    em,
    `select greatest(0, extract(epoch from min(free_at) - clock_timestamp()) * 1000)::float as ms
     from notifications.turns`,
  );
  return row?.ms ?? 0;
}

/** Extends the turn for as long as a request may take. False when the turn has expired and somebody else has it. */
export async function keepTurn(em: EntityManager, { turn, claimId }: HeldTurn, seconds: number): Promise<boolean> {
  const kept = await queryRows(
    em,
    `update notifications.turns set free_at = clock_timestamp() + make_interval(secs => ?)
     where turn = ? and holder = ? returning turn`,
    [seconds, turn, claimId],
  );
  return kept.length > 0;
}

/** Frees the turn immediately: nothing was sent in it. */
export async function returnTurn(em: EntityManager, held: HeldTurn): Promise<void> {
  await freeTurnIn(em, held, 0);
}

/**
 * Frees the turn after its request has ended, answered or not. @param pauseSeconds the pause that the provider asks for
 */
export async function endTurn(em: EntityManager, held: HeldTurn, pauseSeconds: number | null): Promise<void> {
  await freeTurnIn(em, held, Math.max(COUNTS_SECONDS, pauseSeconds ?? 0));
}

async function freeTurnIn(em: EntityManager, { turn, claimId }: HeldTurn, seconds: number): Promise<void> {
  await sendAlong(
    em,
    `update notifications.turns set holder = null, free_at = clock_timestamp() + make_interval(secs => ?)
     where turn = ? and holder = ?`,
    [seconds, turn, claimId],
  );
}

/** Locks all turns, in order: two transactions that change several would otherwise deadlock. */
export function lockTurns(em: EntityManager): Promise<void> {
  return sendAlong(em, 'select from notifications.turns order by turn for update', []);
}

/** Sets the number of turns to the provider's limit of requests per second. */
export async function allow(em: EntityManager, limit: number | null): Promise<void> {
  const turns = turnsFor(limit);
  if (turns === null) return;
  await lockTurns(em);
  await sendAlong(em, 'delete from notifications.turns where turn > ?', [turns]);
  await sendAlong(
    em,
    `insert into notifications.turns select turn, null, clock_timestamp() + make_interval(secs => ?)
     from generate_series(1, ?::int) turn on conflict (turn) do nothing`,
    [COUNTS_SECONDS, turns],
  );
}

/**
 * Blocks all turns for the pause that the provider asks for, except turns that are already blocked longer. Holders lose
 * their turns, so that no request that has not left yet is sent, and no answer ends the pause.
 */
export async function pauseTurns(em: EntityManager, seconds: number): Promise<void> {
  const atLeast = Math.max(COUNTS_SECONDS, seconds);
  await lockTurns(em);
  await sendAlong(
    em,
    `update notifications.turns set holder = null, free_at = clock_timestamp() + make_interval(secs => ?)
     where holder is not null or free_at < clock_timestamp() + make_interval(secs => ?)`,
    [atLeast, atLeast],
  );
}
