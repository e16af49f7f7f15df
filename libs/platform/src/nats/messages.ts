import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { MessagePattern, Payload, type NatsContext } from '@nestjs/microservices';
import { callerOf, subjectOfAll, type AnswerOf, type Request, type RequestOf } from '@tenure/contracts';

/**
 * Marks the controller method that answers this message, from every caller that the message names. Its first parameter
 * takes the request, validated against the message's schema with defaults filled in; the compiler checks its type and
 * that of the return value.
 */
export function Answers<R extends Request>(message: R) {
  return <M extends (request: RequestOf<R>, ...rest: never[]) => AnswerOf<R> | Promise<AnswerOf<R>>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    MessagePattern(subjectOfAll(message), { message })(target, key, descriptor);
    Payload({ schema: message.request })(target, key, 0);
  };
}

/** Marks the parameter that takes the caller's name from the subject, where it cannot be forged. */
export const CalledBy = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToRpc().getContext<NatsContext>().getSubject()),
);
