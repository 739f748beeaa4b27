/** Counts answers by route pattern, method and status. Low cardinality: no URL, no id. */
export class Metrics {
  private readonly answers = new Map<string, { count: number; seconds: number }>();

  answered(method: string, route: string, status: number, seconds: number): void {
    const labels = `method="${method}",route="${route}",status="${status}"`;
    const row = this.answers.get(labels) ?? { count: 0, seconds: 0 };
    this.answers.set(labels, { count: row.count + 1, seconds: row.seconds + seconds });
  }

  /** Prometheus text format. */
  print(): string {
    const rows = [...this.answers].sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      '# HELP forlop_http_answers_total Answers by route pattern and status.',
      '# TYPE forlop_http_answers_total counter',
      ...rows.map(([labels, { count }]) => `forlop_http_answers_total{${labels}} ${count}`),
      '# HELP forlop_http_answer_seconds_total Time spent on them.',
      '# TYPE forlop_http_answer_seconds_total counter',
      ...rows.map(
        ([labels, { seconds }]) => `forlop_http_answer_seconds_total{${labels}} ${seconds.toFixed(6)}`,
      ),
      '',
    ].join('\n');
  }
}
