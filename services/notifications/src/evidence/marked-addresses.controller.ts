import { Controller } from '@nestjs/common';
import { clearMarkedAddress, listMarkedAddresses, type AnswerOf, type RequestOf } from '@tenure/contracts';
import { Answers, Ask, CalledBy } from '@tenure/platform';
import { MarkedAddressesService } from './marked-addresses.service.js';

@Controller()
export class MarkedAddressesController {
  constructor(private readonly marked: MarkedAddressesService) {}

  @Answers(listMarkedAddresses)
  list(
    @Ask(listMarkedAddresses) asked: RequestOf<typeof listMarkedAddresses>,
  ): Promise<AnswerOf<typeof listMarkedAddresses>> {
    return this.marked.list(asked);
  }

  @Answers(clearMarkedAddress)
  clear(
    @Ask(clearMarkedAddress) asked: RequestOf<typeof clearMarkedAddress>,
    @CalledBy() caller: string,
  ): Promise<AnswerOf<typeof clearMarkedAddress>> {
    return this.marked.clear(asked, caller);
  }
}
