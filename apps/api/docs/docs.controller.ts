import { Controller, Get, Header, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { problemPage } from './problem-page.js';

const PAGE = problemPage();

@ApiExcludeController()
@Controller()
export class DocsController {
  @Get()
  @Redirect('/docs', 302)
  home(): void {
    return undefined;
  }

  @Get('docs/problems')
  @Header('content-type', 'text/html; charset=utf-8')
  problems(): string {
    return PAGE;
  }
}
