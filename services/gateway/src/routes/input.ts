import { idempotencyKey, refuse, type FieldError, type MemberView, invalidFields } from '@tenure/contracts';
import { fieldErrors } from '@tenure/platform/messaging';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { readBody } from './body.js';
import { typedValues } from './typed-values.js';
import { takesBody, type Input, type Route } from './route.js';

/**
 * Reads everything that was sent with a request and checks it against its route. The refusal names all invalid fields.
 * @throws idempotency_key_missing, malformed, unsupported_media_type, payload_too_large, invalid
 */
export async function readInput(
  route: Route,
  request: Request,
  response: Response,
): Promise<Input<unknown, unknown, unknown, boolean>> {
  const key = request.header('idempotency-key');
  if (route.idempotent && (key === undefined || key === ''))
    throw refuse(
      'idempotency_key_missing',
      'Send the header Idempotency-Key with a value that you choose. A retry with the same key does nothing twice.',
    );
  const sent = takesBody(route) ? await readBody(request, response) : {};

  const errors: FieldError[] = [];
  const check = <S extends z.ZodType>(schema: S, value: unknown, path: string[] = []): z.output<S> | undefined => {
    const result = schema.safeParse(value);
    errors.push(...(result.error?.issues ?? []).flatMap((issue) => fieldErrors(issue, path)));
    return result.data;
  };
  const params = check(route.params, typedValues(route.params, request.params));
  const query = check(route.query, typedValues(route.query, request.query));
  const body = check(route.body, sent);
  const checkedKey = route.idempotent ? check(idempotencyKey, key, ['Idempotency-Key']) : undefined;
  if (errors.length > 0) throw invalidFields(errors);

  const member = signedInMember(response);
  const { memberId, organizationId, roles } = member;
  return { member, actor: { memberId, organizationId, roles }, params, query, body, idempotencyKey: checkedKey };
}

/** The member, whom the guard has stored in the response before the input is read. */
function signedInMember(response: Response): MemberView {
  const member: unknown = response.locals['member'];
  if (member === undefined) throw new Error('Nobody is signed in.');
  return member as MemberView;
}
