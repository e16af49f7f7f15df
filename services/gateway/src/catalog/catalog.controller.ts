import { Controller } from '@nestjs/common';
import { listEmailDomains, listLicenses, listSectors } from '@tenure/contracts';
import { Services } from '@tenure/platform';
import type { AnswerOf, InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { seeCountries, seeEmailDomains, seeLicenses, seeOneself, seeSectors } from './catalog.routes.js';
import { countries } from './countries.js';

/** What every member may ask: who they are, and what a form can offer. */
@Controller()
export class CatalogController {
  constructor(private readonly services: Services) {}

  @Serves(seeOneself)
  async me(@Sent() { member }: InputOf<typeof seeOneself>): Promise<AnswerOf<typeof seeOneself>> {
    return member;
  }

  @Serves(seeLicenses)
  licenses(@Sent() { actor }: InputOf<typeof seeLicenses>): Promise<AnswerOf<typeof seeLicenses>> {
    return this.services.ask(listLicenses, { actor });
  }

  @Serves(seeEmailDomains)
  emailDomains(@Sent() { actor }: InputOf<typeof seeEmailDomains>): Promise<AnswerOf<typeof seeEmailDomains>> {
    return this.services.ask(listEmailDomains, { actor });
  }

  @Serves(seeSectors)
  sectors(@Sent() { actor }: InputOf<typeof seeSectors>): Promise<AnswerOf<typeof seeSectors>> {
    return this.services.ask(listSectors, { actor });
  }

  @Serves(seeCountries)
  async countries(@Sent() _sent: InputOf<typeof seeCountries>): Promise<AnswerOf<typeof seeCountries>> {
    return { items: [...countries] };
  }
}
