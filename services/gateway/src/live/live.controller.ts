import { Controller, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { followLive } from './live.routes.js';
import { LiveStreams } from './live-streams.js';

@Controller()
export class LiveController {
  constructor(private readonly streams: LiveStreams) {}

  @Serves(followLive)
  async follow(
    @Sent() { member, query }: InputOf<typeof followLive>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    // Keeps proxies from buffering the answer.
    response.setHeader('X-Accel-Buffering', 'no');
    const sent = request.header('last-event-id') ?? query.after;
    const after = sent !== undefined && /^\d{1,15}$/.test(sent) ? Number(sent) : undefined;
    return this.streams.open(request, member, after);
  }
}
