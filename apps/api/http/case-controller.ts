import { Controller, applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiParam, ApiTags } from '@nestjs/swagger';

/** A controller of what belongs to one case. */
export const CaseController = (tag: string): ClassDecorator =>
  applyDecorators(
    Controller('api/v1/cases/:caseId'),
    ApiTags(tag),
    ApiBearerAuth(),
    ApiParam({ name: 'caseId', schema: { type: 'string', format: 'uuid' } }),
  );

/** A controller below /api/v1. */
export const ApiController = (tag: string, path: string): ClassDecorator =>
  applyDecorators(Controller(`api/v1/${path}`), ApiTags(tag), ApiBearerAuth());
