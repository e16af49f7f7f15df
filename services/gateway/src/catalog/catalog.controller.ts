import { Controller, Res } from '@nestjs/common';
import { listEmailDomains, listLicenses, listSectors, setLanguage } from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import type { Response } from 'express';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { callerOf } from '../sign-in/callers.js';
import { Members } from '../sign-in/members.js';
import {
  chooseLanguage,
  seeCountries,
  seeEmailDomains,
  seeLicenses,
  seeOneself,
  seeSectors,
} from './catalog.routes.js';
import { countries } from './countries.js';

/** What every member may read: who they are, and the choices that forms offer. */
@Controller()
export class CatalogController {
  constructor(
    private readonly services: Services,
    private readonly members: Members,
  ) {}

  @Serves(seeOneself)
  async me(@Sent() { member }: InputOf<typeof seeOneself>) {
    return member;
  }

  @Serves(chooseLanguage)
  async language(
    @Sent() { actor, body }: InputOf<typeof chooseLanguage>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const member = await this.services.ask(setLanguage, { actor, ...body });
    this.members.forget(callerOf(response).identity);
    return member;
  }

  @Serves(seeLicenses)
  licenses(@Sent() { actor }: InputOf<typeof seeLicenses>) {
    return this.services.ask(listLicenses, { actor });
  }

  @Serves(seeEmailDomains)
  emailDomains(@Sent() { actor }: InputOf<typeof seeEmailDomains>) {
    return this.services.ask(listEmailDomains, { actor });
  }

  @Serves(seeSectors)
  sectors(@Sent() { actor }: InputOf<typeof seeSectors>) {
    return this.services.ask(listSectors, { actor });
  }

  @Serves(seeCountries)
  async countries(@Sent() _sent: InputOf<typeof seeCountries>) {
    return { items: [...countries] };
  }
}
