import { isGrpcServiceError } from '@temporalio/client';

/** Temporal does not have what it was asked for. */
export function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === 5;
}

/** Temporal can never do what it was asked for. */
export function isInvalidArgument(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === 3;
}
