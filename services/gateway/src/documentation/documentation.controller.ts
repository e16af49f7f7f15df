import { findPackageJSON } from 'node:module';
import path from 'node:path';
import { Controller, Get, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import { OpenToAll } from '../routes/serves.js';
import { ApiDescription } from './api-description.js';
import { documentationPage, documentationPolicy, documentationScript } from './pages.js';

/**
 * The files that a browser loads; the package does not export them by name. They are self-contained, so the package is
 * a development dependency and the production image has only these two of its files.
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

  /** Cached, because it is large and changes only with a release. */
  @Get('api/docs/standalone.js')
  @OpenToAll()
  standalone(@Res() response: Response): void {
    // With `root`, so that it also works in a clone below a folder whose name begins with a dot.
    response.sendFile('standalone.js', { root: browser, maxAge: '1h', cacheControl: true });
  }
}
