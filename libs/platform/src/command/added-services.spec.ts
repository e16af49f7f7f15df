import { withoutService } from './added-services.js';

const services = { billing: ['licensing.entitlement.get'] };

it('a service is taken away', () => expect(withoutService(services, 'billing')).toEqual({}));

it.each(['reporting', 'constructor', 'toString'])('one that was not added is none: %s', (name) =>
  expect(() => withoutService(services, name)).toThrow(`There is no added service ${name}.`),
);
