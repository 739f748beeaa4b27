import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml, negotiated } from './html.js';

const reply = { header: () => reply, type: () => reply } as unknown as FastifyReply;
const asking = (accept?: string) =>
  negotiated({ headers: { accept } } as FastifyRequest, reply, { json: () => 'json', html: () => 'html' });

describe('what a client would rather have', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['application/json', false],
    ['text/html', true],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['application/json, text/html;q=0.5', false],
    ['application/json;q=0.5, text/html', true],
    ['text/html;q=0', false],
    ['TEXT/HTML', true],
  ])('%s is a page: %s', (accept, html) => {
    expect(asking(accept)).toBe(html ? 'html' : 'json');
  });
});

describe('text in a page', () => {
  it('can become no markup', () => {
    expect(escapeHtml(`<img src=x onerror='a("b")'> & «å»`)).toBe(
      '&#60;img src=x onerror=&#39;a(&#34;b&#34;)&#39;&#62; &#38; «å»',
    );
  });
});
