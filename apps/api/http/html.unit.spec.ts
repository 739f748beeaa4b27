import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { negotiated } from './html.js';

function answered(accept: string | undefined, withCsv = true) {
  const headers = new Map<string, string>();
  const reply = {
    header: (name: string, value: string) => headers.set(name, value),
    type: (value: string) => headers.set('content-type', value),
  } as unknown as FastifyReply;
  const request = { headers: accept === undefined ? {} : { accept } } as FastifyRequest;
  const form = negotiated(request, reply, {
    json: () => 'json',
    html: () => 'html',
    ...(withCsv ? { csv: () => 'csv' } : {}),
  });
  return { form, headers };
}

describe('the form of an answer', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/csv', 'csv'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['application/json, text/html;q=0.9', 'json'],
    ['text/html;q=0.5, text/csv', 'csv'],
    ['TEXT/CSV; q=0.3, text/html; q=0.2', 'csv'],
    ['text/html;q=0', 'json'],
    ['image/png', 'json'],
  ])('for Accept: %s is %s', (accept, form) => {
    const { form: given, headers } = answered(accept);
    expect(given).toBe(form);
    expect(headers.get('vary')).toBe('Accept');
  });

  it('is none that the address does not have', () => {
    expect(answered('text/csv', false).form).toBe('json');
    expect(answered('text/csv;q=0.9, text/html;q=0.1', false).headers.get('content-type')).toBe(
      'text/html; charset=utf-8',
    );
  });
});
