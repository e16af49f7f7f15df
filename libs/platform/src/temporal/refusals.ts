import { isGrpcServiceError } from '@temporalio/client';

/** What Temporal was asked about is not there. */
export function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === 5;
}

/** Temporal cannot do what it was asked for, however often. */
export function isInvalidArgument(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === 3;
}
