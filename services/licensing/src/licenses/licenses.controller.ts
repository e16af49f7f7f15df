import { Controller } from '@nestjs/common';
import { listLicenses, nameLicense, saveLicense, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { LicensesService } from './licenses.service.js';

@Controller()
export class LicensesController {
  constructor(private readonly licenses: LicensesService) {}

  @Answers(listLicenses)
  list({ actor }: RequestOf<typeof listLicenses>) {
    return this.licenses.list(actor);
  }

  @Answers(nameLicense)
  name(ask: RequestOf<typeof nameLicense>) {
    return this.licenses.name(ask);
  }

  @Answers(saveLicense)
  save(ask: RequestOf<typeof saveLicense>) {
    return this.licenses.save(ask);
  }
}
