/** What the thread that generates is given, and what it says. */
import type { PartsWritten, Progress, ShareCounts, WorldPlan } from '#forlop/generator';
import type { Config, DatabaseUrls } from '#forlop/platform';

export interface GenerateTask {
  readonly config: Config;
  readonly urls: DatabaseUrls;
  readonly plan: WorldPlan;
  readonly parts: readonly number[];
}

/** How far it has come, then what it wrote, or why not. */
export type WorkerMessage =
  | { readonly progress: Progress }
  | { readonly written: PartsWritten; readonly shares: ShareCounts }
  | { readonly failed: { readonly name: string; readonly message: string } };
