import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './canonical.js';
import { correlationIdOf } from './correlation.js';
import { parseBody } from './json-body.js';
import { problemKinds } from './problem-table.js';
import { problemOf } from './problem.js';
import { Refused } from './refused.js';

const uuid = '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d02';
const trace = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('the correlation id', () => {
  it.each([uuid, uuid.toUpperCase(), trace])('is the client’s when it is %s', (id) => {
    expect(correlationIdOf({ 'x-correlation-id': id })).toBe(id);
  });

  it.each(['13891489951', 'Kari', '0'.repeat(32), `${uuid} `, ''])('is made anew for %j', (id) => {
    expect(correlationIdOf({ 'x-correlation-id': id })).not.toBe(id);
  });

  it('is the trace id of a traceparent when no other is given', () => {
    expect(correlationIdOf({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })).toBe(trace);
    expect(correlationIdOf({ traceparent: `00-${trace}-${'0'.repeat(16)}-01` })).not.toBe(trace);
  });
});

describe('a body', () => {
  const slugOf = (bytes: Buffer) => {
    try {
      parseBody(bytes);
      return 'accepted';
    } catch (error) {
      return error instanceof Refused ? error.slug : 'another error';
    }
  };

  it('is nothing when it is empty', () => {
    expect(parseBody(Buffer.alloc(0))).toBeUndefined();
  });

  it.each([['{'], ['{"a":1,}'], ["{'a':1}"], ['NaN']])('is malformed when it is %s', (text) => {
    expect(slugOf(Buffer.from(text))).toBe('malformed-json');
  });

  it('is malformed when it is not UTF-8', () => {
    expect(slugOf(Buffer.from([0x22, 0xff, 0x22]))).toBe('malformed-json');
  });

  it('is refused when it is nested beyond every shape, however deep', () => {
    expect(slugOf(Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)))).toBe('invalid-request');
  });

  it.each(['__proto__', 'constructor', 'toString'])('is refused when it names %s', (name) => {
    expect(slugOf(Buffer.from(`{"a":[{"${name}":{}}]}`))).toBe('invalid-request');
  });
});

describe('the canonical text of a body', () => {
  it('does not depend on the order of members', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    );
  });

  it('tells different values apart', () => {
    expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
  });
});

describe('a problem', () => {
  it.each(problemKinds.map(({ slug }) => slug))('%s has the members of the contract', (slug) => {
    const { problem } = problemOf(new Refused(slug), uuid);
    expect(Object.keys(problem).sort()).toEqual(
      ['detail', 'instance', 'kode', 'korrelasjonsid', 'status', 'title', 'type'].sort(),
    );
    expect(problem).toMatchObject({ kode: slug, type: `urn:forlop:problem:${slug}`, korrelasjonsid: uuid });
  });

  it('tells nothing of an error that nobody expected', () => {
    const { problem } = problemOf(new Error('Kari Nordmann 13891489951'), uuid);
    expect(problem).toMatchObject({ status: 500, kode: 'internal-error' });
    expect(JSON.stringify(problem)).not.toMatch(/Kari|13891489951/);
  });

  it('asks the client to come back when a database is away, however deep the cause lies', () => {
    const away = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const { problem, headers } = problemOf(new Error('wrapped', { cause: new AggregateError([away]) }), uuid);
    expect(problem.kode).toBe('store-unavailable');
    expect(headers).toMatchObject({ 'retry-after': '2' });
  });
});
