import { Controller } from '@nestjs/common';
import { showAccount, listAccountNames, listZone, setAccountClock, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { AccountsService } from './accounts.service.js';

@Controller()
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Answers(listZone)
  list(request: RequestOf<typeof listZone>) {
    return this.accounts.list(request);
  }

  @Answers(showAccount)
  get(request: RequestOf<typeof showAccount>) {
    return this.accounts.get(request);
  }

  @Answers(listAccountNames)
  names(request: RequestOf<typeof listAccountNames>) {
    return this.accounts.names(request);
  }

  @Answers(setAccountClock)
  setClock(request: RequestOf<typeof setAccountClock>) {
    return this.accounts.setClock(request);
  }
}
