import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { MessagePattern, Payload, type NatsContext } from '@nestjs/microservices';
import { callerOf, subjectOfAll, type AnswerOf, type Request } from '@tenure/contracts';

/** The controller method that answers this message, from every caller that the message names. Its return type is checked. */
export function Answers<R extends Request>(message: R) {
  return <M extends (...args: never[]) => AnswerOf<R> | Promise<AnswerOf<R>>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    MessagePattern(subjectOfAll(message), { message })(target, key, descriptor);
  };
}

/** The parameter that takes the request, checked against the message's schema with defaults filled in. */
export function Ask(message: Request): ParameterDecorator {
  return Payload({ schema: message.request });
}

/** The parameter that takes the caller's name, from the subject, so that it cannot be forged. */
export const CalledBy = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToRpc().getContext<NatsContext>().getSubject()),
);
