import { Controller } from '@nestjs/common';
import { listLicenses, saveLicense, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { LicensesService } from './licenses.service.js';

@Controller()
export class LicensesController {
  constructor(private readonly licenses: LicensesService) {}

  @Answers(listLicenses)
  list(@Ask(listLicenses) { actor }: RequestOf<typeof listLicenses>) {
    return this.licenses.list(actor);
  }

  @Answers(saveLicense)
  save(@Ask(saveLicense) ask: RequestOf<typeof saveLicense>) {
    return this.licenses.save(ask);
  }
}
