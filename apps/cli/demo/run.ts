/** `forlop demo`: cases made from the field's own guidance, played over HTTP. */
import { osloDate } from '#forlop/domain';
import { DevelopmentIssuer, EXIT, type ExitCode, StartupError, unavailableError } from '#forlop/platform';
import { answer, say } from '../output.js';
import { StopSignal } from '../serve/stop-signal.js';
import { Client, type Tokens } from './client.js';
import { play } from './play.js';
import { heading, storyLines, totals } from './print.js';
import { reportOf, type Outcome } from './report.js';
import type { PlayedStory, Story } from './step.js';
import { STORIES } from './stories/stories.js';
import { withThrowAwayService } from './throw-away-service.js';
import { type Cast, mintTokens, readTokens } from './tokens.js';

/** How the demonstration is asked for; without `url` it starts a service of its own and throws it away. */
export interface DemoOptions {
  readonly json?: boolean;
  readonly url?: string;
  /** Holds `<ROLE>-<municipality>.jwt`, `PART-<personId>.jwt` and, for supervisors, `<ROLE>.jwt`. */
  readonly tokenDir?: string;
}

/**
 * Plays all stories against the service at `url`, or a throw-away one.
 * @returns 0, or 1 when anything differs from what was expected
 * @throws StartupError 64 for options that do not go together, 69 when the service does not answer
 */
export async function runDemo({ json = false, url, tokenDir }: DemoOptions): Promise<ExitCode> {
  if ((url === undefined) !== (tokenDir === undefined)) {
    throw new StartupError(
      EXIT.usage,
      'error: --url and --token-dir belong together. Example: --url http://127.0.0.1:3000 --token-dir ./tokens',
    );
  }
  if (url !== undefined && tokenDir !== undefined) {
    return playAll(url.replace(/\/+$/, ''), await readTokens(tokenDir), json);
  }
  const signal = new StopSignal();
  try {
    if (!json) say('Starter en tjeneste som kastes etterpå …');
    return await withThrowAwayService(async (service) => {
      const cast = await mintTokens(await DevelopmentIssuer.open(service.dataDir));
      return Promise.race([playAll(service.url, cast, json), signal.first.then(interrupted)]);
    });
  } finally {
    signal.dispose();
  }
}

function interrupted(): ExitCode {
  say('Avbrutt');
  return EXIT.failed;
}

async function playAll(url: string, { municipality, tokens }: Cast, json: boolean): Promise<ExitCode> {
  const client = new Client(url, tokens);
  const storeId = await client.storeId().catch(() => {
    throw unavailableError(`No service answers at ${url}. Example: --url http://127.0.0.1:3000`);
  });
  const today = osloDate(new Date().toISOString());
  const about = { url, storeId, municipality };
  const show = (lines: readonly string[]) => (json ? undefined : answer(false, undefined, () => lines));
  show(heading(about));
  const stories: PlayedStory[] = [];
  for (const story of STORIES.map((tell) => tell(today)).filter((one) => hasCast(one, tokens))) {
    stories.push(await play(client, story, municipality));
    show(storyLines(stories[stories.length - 1] as PlayedStory, stories.length, stories.length === 1));
  }
  const outcome: Outcome = { ...about, today, stories };
  const report = reportOf(outcome);
  answer(json, report, () => totals(outcome));
  return report.ok ? EXIT.ok : EXIT.failed;
}

/** A story whose people have no token is left out, and that is said. */
function hasCast({ title, cast = [] }: Story, tokens: Tokens): boolean {
  const missing = cast.filter((role) => !tokens.has(role));
  if (missing.length > 0) say(`«${title}» spilles ikke: token for ${missing.join(' og ')} mangler`);
  return missing.length === 0;
}
