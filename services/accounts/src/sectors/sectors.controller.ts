import { Controller } from '@nestjs/common';
import { listSectors, saveSector, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { SectorsService } from './sectors.service.js';

@Controller()
export class SectorsController {
  constructor(private readonly sectors: SectorsService) {}

  @Answers(saveSector)
  save(@Ask(saveSector) request: RequestOf<typeof saveSector>) {
    return this.sectors.save(request);
  }

  @Answers(listSectors)
  list(@Ask(listSectors) request: RequestOf<typeof listSectors>) {
    return this.sectors.list(request);
  }
}
