import { Controller } from '@nestjs/common';
import { changePolicy, continuePolicyChange, getPolicy, previewPolicy, stopPolicyChange } from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import { noticesAbout } from '../accounts/notices-about.js';
import { whatBecameOf } from '../domain/timeline.js';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import {
  changePolicyRoute,
  continuePolicyChangeRoute,
  previewPolicyRoute,
  seePolicy,
  stopPolicyChangeRoute,
} from './policies.routes.js';

/** An organization's reminder policy. */
@Controller()
export class PoliciesController {
  constructor(private readonly services: Services) {}

  @Serves(seePolicy)
  get(@Sent() { actor, query }: InputOf<typeof seePolicy>) {
    return this.services.ask(getPolicy, { actor, ...query });
  }

  @Serves(previewPolicyRoute)
  async preview(@Sent() { actor, body: { cursor, ...policy } }: InputOf<typeof previewPolicyRoute>) {
    const preview = await this.services.ask(previewPolicy, { actor, policy, cursor });
    const examples = preview.examples.map(async ({ before, after, ...example }) => {
      const notices = await noticesAbout(this.services, { actor, accountId: example.accountId });
      return { ...example, before: whatBecameOf(before, notices), after: whatBecameOf(after, notices) };
    });
    return { ...preview, examples: await Promise.all(examples) };
  }

  @Serves(changePolicyRoute)
  change(@Sent() { actor, idempotencyKey, body: { replaces, ...policy } }: InputOf<typeof changePolicyRoute>) {
    return this.services.ask(changePolicy, { actor, idempotencyKey, policy, replaces });
  }

  @Serves(stopPolicyChangeRoute)
  stop(@Sent() { actor, params }: InputOf<typeof stopPolicyChangeRoute>) {
    return this.services.ask(stopPolicyChange, { actor, ...params });
  }

  @Serves(continuePolicyChangeRoute)
  continue(@Sent() { actor, params }: InputOf<typeof continuePolicyChangeRoute>) {
    return this.services.ask(continuePolicyChange, { actor, ...params });
  }
}
