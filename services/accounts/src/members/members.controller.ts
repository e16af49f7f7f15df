import { Controller } from '@nestjs/common';
import {
  identifyMember,
  listMembers,
  nameMembers,
  readmitMember,
  removeMember,
  saveMember,
  setLanguage,
  signOutEverywhere,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, CalledBy } from '@tenure/platform';
import { MembersService } from './members.service.js';
import { RemovalService } from './removal.service.js';
import { SignOutService } from './sign-out.service.js';

@Controller()
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly removal: RemovalService,
    private readonly signOuts: SignOutService,
  ) {}

  @Answers(identifyMember)
  identify(request: RequestOf<typeof identifyMember>) {
    return this.members.identify(request);
  }

  @Answers(nameMembers)
  name(request: RequestOf<typeof nameMembers>) {
    return this.members.name(request);
  }

  @Answers(setLanguage)
  setLanguage(request: RequestOf<typeof setLanguage>) {
    return this.members.setLanguage(request);
  }

  @Answers(saveMember)
  save(request: RequestOf<typeof saveMember>) {
    return this.members.save(request);
  }

  @Answers(removeMember)
  remove(request: RequestOf<typeof removeMember>) {
    return this.removal.remove(request);
  }

  @Answers(readmitMember)
  readmit(request: RequestOf<typeof readmitMember>) {
    return this.removal.readmit(request);
  }

  @Answers(signOutEverywhere)
  signOut(request: RequestOf<typeof signOutEverywhere>, @CalledBy() caller: string) {
    return this.signOuts.signOut(request, caller);
  }

  @Answers(listMembers)
  list(request: RequestOf<typeof listMembers>) {
    return this.members.list(request);
  }
}
