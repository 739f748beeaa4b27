/** Whether the API in this container answers: exit 0, or 1. What it stands on may be away: reads can go on without the event store. */
const { PORT = '3000' } = process.env;
const answer = await fetch(`http://127.0.0.1:${PORT}/health/live`, {
  signal: AbortSignal.timeout(4000),
}).catch(() => undefined);
process.exitCode = answer?.ok === true ? 0 : 1;
