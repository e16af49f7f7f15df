import { Controller } from '@nestjs/common';
import { clearMarkedAddress, listMarkedAddresses, type RequestOf } from '@tenure/contracts';
import { Answers, CalledBy } from '@tenure/platform';
import { MarkedAddressesService } from './marked-addresses.service.js';

@Controller()
export class MarkedAddressesController {
  constructor(private readonly marked: MarkedAddressesService) {}

  @Answers(listMarkedAddresses)
  list(asked: RequestOf<typeof listMarkedAddresses>) {
    return this.marked.list(asked);
  }

  @Answers(clearMarkedAddress)
  clear(asked: RequestOf<typeof clearMarkedAddress>, @CalledBy() caller: string) {
    return this.marked.clear(asked, caller);
  }
}
