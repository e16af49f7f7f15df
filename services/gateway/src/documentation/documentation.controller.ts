import { findPackageJSON } from 'node:module';
import path from 'node:path';
import { Controller, Get, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import { OpenToAll } from '../routes/serves.js';
import { ApiDescription } from './api-description.js';
import { documentationPage, documentationPolicy, documentationScript } from './pages.js';

/**
 * What a browser loads, which the package does not export by name. It is whole: what the package depends on is in it. So that
 * is for development, and the image for production has these two files of it.
 */
const scalar = path.dirname(findPackageJSON('@scalar/api-reference', import.meta.url)!);
const browser = path.join(scalar, 'dist/browser');

@Controller()
export class DocumentationController {
  constructor(private readonly description: ApiDescription) {}

  @Get('api/openapi.json')
  @OpenToAll()
  openApi(): object {
    return this.description.document;
  }

  @Get('api/docs')
  @OpenToAll()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', documentationPolicy)
  page(): string {
    return documentationPage;
  }

  @Get('api/docs/page.js')
  @OpenToAll()
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return documentationScript;
  }

  /** Large, and the same until the next release. */
  @Get('api/docs/standalone.js')
  @OpenToAll()
  standalone(@Res() response: Response): void {
    // With its root, so that a clone may lie in a folder that begins with a dot.
    response.sendFile('standalone.js', { root: browser, maxAge: '1h', cacheControl: true });
  }
}
