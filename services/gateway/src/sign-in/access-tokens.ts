import { DomainError, refuse } from '@tenure/contracts';
import { toleratedSeconds } from '@tenure/platform/messaging';
import { errors, jwtVerify } from 'jose';
import type { IssuerKeys } from './issuer-keys.js';

/** Who signed in, as the identity provider knows them. The gateway uses nothing else of a token. */
export interface Identity {
  issuer: string;
  subject: string;
}

/** The result of checking a token. */
export interface Checked {
  identity: Identity;
  /** In milliseconds since 1970. */
  issuedAt: number;
}

export interface TokenRules {
  issuer: string;
  audience: string;
}

/** Public-key signatures only: with a shared secret, or none, anybody who can check a token could also forge one. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** Longer than any subject that accounts stores. */
const longestSubject = 255;

/** Checks access tokens: signature, issuer, audience and expiry. */
export class AccessTokens {
  constructor(
    private readonly rules: TokenRules,
    private readonly keys: IssuerKeys,
  ) {}

  /**
   * @param authorization the header as it was sent
   * @throws unauthenticated, token_expired, token_invalid; unavailable if the issuer's keys cannot be loaded
   */
  async check(authorization: string | undefined): Promise<Checked> {
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw refuse('unauthenticated', 'Send a header Authorization: Bearer <token>.');
    const { issuer, audience } = this.rules;
    try {
      const { payload } = await jwtVerify(token, this.keys.get, {
        issuer,
        audience,
        algorithms,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: toleratedSeconds,
      });
      const subject: unknown = payload.sub;
      if (typeof subject !== 'string' || subject === '' || subject.length > longestSubject) throw invalid();
      // A token without `iat` counts as older than any sign-out.
      return { identity: { issuer, subject }, issuedAt: (payload.iat ?? 0) * 1_000 };
    } catch (error) {
      throw asRefusal(error);
    }
  }
}

/** Errors of jose that are the caller's fault. All others come from fetching keys. */
const faults = [
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

function asRefusal(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return refuse('token_expired', 'Sign in again for a new token.');
  if (faults.some((fault) => error instanceof fault)) return invalid();
  if (error instanceof DomainError) return error;
  return Object.assign(refuse('unavailable', 'The access token cannot be checked now. Try again.'), { cause: error });
}

const invalid = () => refuse('token_invalid');
