import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { MessagePattern, Payload, type NatsContext } from '@nestjs/microservices';
import { callerOf, subjectOfAll, type AnswerOf, type Request, type RequestOf } from '@tenure/contracts';

/**
 * The controller method that answers this message, from every caller that the message names. Its first parameter takes the
 * request, checked against the message's schema with defaults filled in; that and what it returns are checked by the
 * compiler.
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

/** The parameter that takes the caller's name, from the subject, so that it cannot be forged. */
export const CalledBy = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToRpc().getContext<NatsContext>().getSubject()),
);
