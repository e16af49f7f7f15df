import { Controller } from '@nestjs/common';
import { identifyMember, listMembers, nameMembers, saveMember, setLanguage, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { MembersService } from './members.service.js';

@Controller()
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Answers(identifyMember)
  identify(@Ask(identifyMember) request: RequestOf<typeof identifyMember>) {
    return this.members.identify(request);
  }

  @Answers(nameMembers)
  name(@Ask(nameMembers) request: RequestOf<typeof nameMembers>) {
    return this.members.name(request);
  }

  @Answers(setLanguage)
  setLanguage(@Ask(setLanguage) request: RequestOf<typeof setLanguage>) {
    return this.members.setLanguage(request);
  }

  @Answers(saveMember)
  save(@Ask(saveMember) request: RequestOf<typeof saveMember>) {
    return this.members.save(request);
  }

  @Answers(listMembers)
  list(@Ask(listMembers) request: RequestOf<typeof listMembers>) {
    return this.members.list(request);
  }
}
