import { Controller } from '@nestjs/common';
import { showAccount, listAccountNames, listZone, setAccountClock, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { AccountsService } from './accounts.service.js';

@Controller()
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Answers(listZone)
  list(@Ask(listZone) request: RequestOf<typeof listZone>) {
    return this.accounts.list(request);
  }

  @Answers(showAccount)
  get(@Ask(showAccount) request: RequestOf<typeof showAccount>) {
    return this.accounts.get(request);
  }

  @Answers(listAccountNames)
  names(@Ask(listAccountNames) request: RequestOf<typeof listAccountNames>) {
    return this.accounts.names(request);
  }

  @Answers(setAccountClock)
  setClock(@Ask(setAccountClock) request: RequestOf<typeof setAccountClock>) {
    return this.accounts.setClock(request);
  }
}
