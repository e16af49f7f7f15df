import { Controller } from '@nestjs/common';
import { previewContract, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { ContractService } from './contract.service.js';

@Controller()
export class ContractController {
  constructor(private readonly contracts: ContractService) {}

  @Answers(previewContract)
  preview(ask: RequestOf<typeof previewContract>) {
    return this.contracts.preview(ask);
  }
}
