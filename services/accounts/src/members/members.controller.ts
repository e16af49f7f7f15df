import { Controller } from '@nestjs/common';
import { identifyMember, listMembers, nameMembers, saveMember, setLanguage, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { MembersService } from './members.service.js';

@Controller()
export class MembersController {
  constructor(private readonly members: MembersService) {}

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

  @Answers(listMembers)
  list(request: RequestOf<typeof listMembers>) {
    return this.members.list(request);
  }
}
