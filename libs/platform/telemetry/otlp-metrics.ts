import type { HrTime } from '@opentelemetry/api';
import type * as Sdk from '@opentelemetry/sdk-metrics';
import type { DataPoint, MetricData, MetricProducer } from '@opentelemetry/sdk-metrics';
import type { Resource } from '@opentelemetry/resources';
import type { Distribution, Family, Point } from './instruments.js';
import type { MetricRegistry } from './registry.js';

type Enums = Pick<typeof Sdk, 'AggregationTemporality' | 'DataPointType'>;

/** Gives the SDK what the registry has counted, so that a collector is told the numbers of `/metrics`. */
export function producerOf(
  registry: Pick<MetricRegistry, 'collect'>,
  { AggregationTemporality, DataPointType }: Enums,
  resource: Resource,
): MetricProducer {
  const startTime = hrTime();
  return {
    collect: async () => {
      const families = await registry.collect();
      const time = { startTime, endTime: hrTime() };
      const metrics = families
        .filter(({ points }) => points.length > 0)
        .map((family): MetricData => {
          const { name, description, unit } = family;
          const common = {
            descriptor: { name, description, unit, valueType: 1 },
            aggregationTemporality: AggregationTemporality.CUMULATIVE,
          };
          if (family.kind === 'histogram') {
            const dataPoints = family.points.map((point) => spread(point, family.boundaries, time));
            return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints };
          }
          const dataPoints = family.points.map(({ attributes, value }) => ({ attributes, value, ...time }));
          return family.kind === 'counter'
            ? { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }
            : { ...common, dataPointType: DataPointType.GAUGE, dataPoints };
        });
      return {
        resourceMetrics: { resource, scopeMetrics: [{ scope: { name: 'forlop' }, metrics }] },
        errors: [],
      };
    },
  };
}

type Spread = Extract<MetricData, { dataPointType: 0 }>['dataPoints'][number];

const spread = (
  { attributes, value }: Point<Distribution>,
  boundaries: Extract<Family, { kind: 'histogram' }>['boundaries'],
  time: Pick<DataPoint<never>, 'startTime' | 'endTime'>,
): Spread => ({
  attributes,
  value: {
    buckets: { boundaries: [...boundaries], counts: [...value.counts] },
    sum: value.sum,
    count: value.count,
  },
  ...time,
});

function hrTime(): HrTime {
  const now = Date.now();
  return [Math.floor(now / 1000), (now % 1000) * 1e6];
}
