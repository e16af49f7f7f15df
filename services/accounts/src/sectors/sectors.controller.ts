import { Controller } from '@nestjs/common';
import { listSectors, saveSector, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { SectorsService } from './sectors.service.js';

@Controller()
export class SectorsController {
  constructor(private readonly sectors: SectorsService) {}

  @Answers(saveSector)
  save(request: RequestOf<typeof saveSector>) {
    return this.sectors.save(request);
  }

  @Answers(listSectors)
  list(request: RequestOf<typeof listSectors>) {
    return this.sectors.list(request);
  }
}
