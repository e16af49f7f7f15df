import { Controller } from '@nestjs/common';
import { listLicenses, nameLicense, saveLicense, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { LicensesService } from './licenses.service.js';

@Controller()
export class LicensesController {
  constructor(private readonly licenses: LicensesService) {}

  @Answers(listLicenses)
  list(@Ask(listLicenses) { actor }: RequestOf<typeof listLicenses>) {
    return this.licenses.list(actor);
  }

  @Answers(nameLicense)
  name(@Ask(nameLicense) ask: RequestOf<typeof nameLicense>) {
    return this.licenses.name(ask);
  }

  @Answers(saveLicense)
  save(@Ask(saveLicense) ask: RequestOf<typeof saveLicense>) {
    return this.licenses.save(ask);
  }
}
