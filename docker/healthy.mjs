/** Whether the service in this container answers: exit 0, or 1. A projection that stands does not make it unhealthy. */
const { PORT = '3000' } = process.env;
const answer = await fetch(`http://127.0.0.1:${PORT}/health/ready`, { signal: AbortSignal.timeout(4000) }).catch(
  () => undefined,
);
process.exitCode = answer?.ok === true ? 0 : 1;
