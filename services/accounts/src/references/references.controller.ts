import { Controller } from '@nestjs/common';
import { nameReferences, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { ReferencesService } from './references.service.js';

@Controller()
export class ReferencesController {
  constructor(private readonly references: ReferencesService) {}

  @Answers(nameReferences)
  name(request: RequestOf<typeof nameReferences>) {
    return this.references.name(request);
  }
}
