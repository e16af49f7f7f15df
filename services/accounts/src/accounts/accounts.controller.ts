import { Controller } from '@nestjs/common';
import { getAccount, listAccountNames, listAccounts, setAccountClock, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { AccountsService } from './accounts.service.js';

@Controller()
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Answers(listAccounts)
  list(@Ask(listAccounts) request: RequestOf<typeof listAccounts>) {
    return this.accounts.list(request);
  }

  @Answers(getAccount)
  get(@Ask(getAccount) request: RequestOf<typeof getAccount>) {
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
