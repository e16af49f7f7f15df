import type { Request, RequestHandler } from 'express';

/**
 * `down`: the connection breaks before anything is accepted. `timeout-after-accept`: the e-mails are accepted, but the
 * answer never comes. `break-after-accept`: the same, but the connection breaks, so that the client does not wait.
 * `rate-limit`: every request exceeds the rate.
 */
export const faultModes = ['down', 'timeout-after-accept', 'break-after-accept', 'rate-limit'] as const;
export type FaultMode = (typeof faultModes)[number];

/** Switches with which tests and drills make the provider fail. */
export class Faults {
  mode: FaultMode | null = null;
  #left = Infinity;

  /** Applies to the next `times` requests, or until it is set again. */
  set(mode: FaultMode | null, times = Infinity): void {
    this.mode = mode;
    this.#left = times;
  }

  readonly before: RequestHandler = (request, _response, next) => {
    if (this.#hits('down')) request.socket.destroy();
    else next();
  };

  limitsRate(): boolean {
    return this.#hits('rate-limit');
  }

  swallowsAnswer({ socket }: Pick<Request, 'socket'>): boolean {
    if (this.#hits('timeout-after-accept')) return true;
    if (!this.#hits('break-after-accept')) return false;
    socket.destroy();
    return true;
  }

  #hits(mode: FaultMode): boolean {
    if (this.mode !== mode) return false;
    this.#left -= 1;
    if (this.#left <= 0) this.mode = null;
    return true;
  }
}
