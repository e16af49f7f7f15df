import {
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type ExecutionContext,
  type StreamableFile,
  type Type,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { readInput } from './input.js';
import type { AcceptedOf, AnswerOf, FileType, InputOf, Route } from './route.js';

const servedRoute = 'tenure:route';
const openToAll = 'tenure:open';

/** Marks the controller method that serves this route, under `/api`. The compiler checks its input and answer. */
export function Serves<R extends Route>(route: R) {
  return <M extends (input: InputOf<R>, ...rest: never[]) => Promise<AnsweredBy<R>>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    const path = `api${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    const method = methods[route.method];
    RequestMapping({ path, method })(target, key, descriptor);
    HttpCode(route.status)(target, key, descriptor);
    SetMetadata(servedRoute, route)(target, key, descriptor);
  };
}

const methods = {
  get: RequestMethod.GET,
  post: RequestMethod.POST,
  put: RequestMethod.PUT,
  delete: RequestMethod.DELETE,
} as const;

type AnsweredBy<R extends Route> = R extends { produces: FileType } ? StreamableFile : AnswerOf<R> | AcceptedOf<R>;

/** Marks a method that needs no sign-in. Every other method without a route is answered `not_found`. */
export const OpenToAll = (): MethodDecorator => SetMetadata(openToAll, true);

/** Injects the input, checked against the route's schemas. Handlers have no other access to it. */
export const Sent = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const route = routeOf(context.getHandler());
  if (route === undefined) throw new Error('@Sent belongs to a method with @Serves.');
  const http = context.switchToHttp();
  return readInput(route, http.getRequest<Request>(), http.getResponse<Response>());
});

export function routeOf(handler: object): Route | undefined {
  return Reflect.getMetadata(servedRoute, handler) as Route | undefined;
}

export function isOpenToAll(handler: object): boolean {
  return Reflect.getMetadata(openToAll, handler) === true;
}

/** The routes that these controllers serve, in order. */
export function routesOf(controllers: readonly Type[]): Route[] {
  return controllers.flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const value: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
      const route = typeof value === 'function' ? routeOf(value) : undefined;
      return route === undefined ? [] : [route];
    }),
  );
}
