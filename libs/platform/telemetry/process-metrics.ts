import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { MeterProvider } from '@opentelemetry/api';

const RESOLUTION_MS = 20;
const NANOSECONDS = 1e9;

/** What the process itself takes: memory, processor, and how long its event loop keeps others waiting. */
export function measureProcess(provider: MeterProvider): void {
  const meter = provider.getMeter('forlop');
  const gauge = (name: string, unit: string, description: string, read: () => number) =>
    meter.createObservableGauge(name, { unit, description }).addCallback((result) => result.observe(read()));

  gauge('process.memory.usage', 'By', 'Resident memory.', () => process.memoryUsage.rss());
  gauge('v8js.memory.heap.used', 'By', 'Used heap.', () => process.memoryUsage().heapUsed);
  gauge('v8js.memory.heap.size', 'By', 'Heap that V8 has taken.', () => process.memoryUsage().heapTotal);
  meter
    .createObservableCounter('process.cpu.time', {
      unit: 's',
      description: 'Processor time, user and system.',
    })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe((user + system) / 1e6);
    });

  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  gauge('nodejs.eventloop.delay.p99', 's', '99th percentile of the delay since the last collection.', () => {
    const p99 = delay.percentile(99) / NANOSECONDS;
    delay.reset();
    return Math.max(0, p99 - RESOLUTION_MS / 1000);
  });
  let before = performance.eventLoopUtilization();
  gauge('nodejs.eventloop.utilization', '1', 'Share of time at work since the last collection.', () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  });
}
