import { withoutService } from './added-services.js';

const services = { billing: ['licensing.entitlement.get'] };

it('a service is removed', () => expect(withoutService(services, 'billing')).toEqual({}));

it.each(['reporting', 'constructor', 'toString'])('a service that was not added cannot be removed: %s', (name) =>
  expect(() => withoutService(services, name)).toThrow(`There is no added service ${name}.`),
);
