import { describe, expect, it } from '@jest/globals';
import { printPrometheus } from './prometheus.js';
import { MetricRegistry } from './registry.js';

const printed = async (registry: MetricRegistry): Promise<string[]> =>
  printPrometheus(await registry.collect())
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# HELP'));

describe('what a process counts', () => {
  it('is printed by name, counters and gauges with their units, labels escaped', async () => {
    const registry = new MetricRegistry();
    const answers = registry.createCounter('forlop.answers', { unit: '{answer}' });
    answers.add(2, { 'http.route': '/cases/:caseId' });
    answers.add(3, { 'http.route': '/cases/:caseId' });
    answers.add(1, { 'http.route': 'a"b\\c\nd' });
    registry.createGauge('forlop.heap', { unit: 'By' }).record(7);
    registry.createGauge('forlop.heap', { unit: 'By' }).record(5);
    expect(await printed(registry)).toEqual([
      '# TYPE forlop_answers_total counter',
      'forlop_answers_total{http_route="/cases/:caseId"} 5',
      'forlop_answers_total{http_route="a\\"b\\\\c\\nd"} 1',
      '# TYPE forlop_heap_bytes gauge',
      'forlop_heap_bytes 5',
    ]);
  });

  it('is spread over cumulative buckets, a value on a boundary below it', async () => {
    const registry = new MetricRegistry();
    const duration = registry.createHistogram('forlop.wait', {
      unit: 's',
      advice: { explicitBucketBoundaries: [0.1, 1] },
    });
    for (const value of [0.05, 0.1, 0.5, 3]) duration.record(value, { of: 'x' });
    expect(await printed(registry)).toEqual([
      '# TYPE forlop_wait_seconds histogram',
      'forlop_wait_seconds_bucket{of="x",le="0.1"} 2',
      'forlop_wait_seconds_bucket{of="x",le="1"} 3',
      'forlop_wait_seconds_bucket{of="x",le="+Inf"} 4',
      'forlop_wait_seconds_sum{of="x"} 3.65',
      'forlop_wait_seconds_count{of="x"} 4',
    ]);
  });

  it('is asked for once, however many collect, and what is no longer observed is gone', async () => {
    const registry = new MetricRegistry();
    const lag = registry.createObservableGauge('forlop.lag');
    let asked = 0;
    registry.addBatchObservableCallback(
      async (result) => {
        asked += 1;
        if (asked === 1) result.observe(lag, 4, { projection: 'one' });
        result.observe(lag, 2, { projection: 'two' });
      },
      [lag],
    );
    const both = await Promise.all([printed(registry), printed(registry)]);
    expect(both[0]).toEqual(both[1]);
    expect(asked).toBe(1);
    expect(await printed(registry)).toEqual(['# TYPE forlop_lag gauge', 'forlop_lag{projection="two"} 2']);
  });

  it('is told without an observer that fails, and without one that never answers', async () => {
    const registry = new MetricRegistry();
    registry.createCounter('forlop.sound').add(1);
    const broken = registry.createObservableGauge('forlop.broken');
    registry.addBatchObservableCallback(() => Promise.reject(new Error('away')), [broken]);
    registry.addBatchObservableCallback(() => new Promise<void>(() => undefined), [broken]);
    expect(await printed(registry)).toEqual([
      '# TYPE forlop_broken gauge',
      '# TYPE forlop_sound_total counter',
      'forlop_sound_total 1',
    ]);
  });

  it('keeps 2000 series of an instrument, and counts what is over that together', async () => {
    const registry = new MetricRegistry();
    const counter = registry.createCounter('forlop.wild');
    for (let id = 0; id < 2500; id += 1) counter.add(1, { id: String(id) });
    const lines = await printed(registry);
    expect(lines).toHaveLength(1 + 2000 + 1);
    expect(lines.at(-1)).toBe('forlop_wild_total{otel_metric_overflow="true"} 500');
  });

  it('does not let one name be two kinds of instrument', () => {
    const registry = new MetricRegistry();
    registry.createCounter('forlop.same');
    expect(() => registry.createHistogram('forlop.same')).toThrow(TypeError);
  });
});
