import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { LIBS, type Rule, RULES } from './rules.js';

const OPTIONS = {
  ruleSet: { forbidden: [...RULES] },
  validate: true,
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '^dist/' },
  // Types are dependencies too: they bind two files as values do.
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    conditionNames: ['forlop-source', 'import', 'node', 'default'],
    exportsFields: ['exports'],
  },
};

async function look(folders: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(folders, OPTIONS);
  if (typeof output === 'string') throw new Error('the dependencies came as text');
  return output;
}

describe('the architecture', () => {
  let found: ICruiseResult;
  beforeAll(async () => {
    found = await look(['libs', 'apps', 'test']);
  }, 120_000);

  it('is looked at whole: imports between libs are resolved to their sources', () => {
    const edges = found.modules.flatMap((module) =>
      module.dependencies.map((to) => [module.source, to.resolved]),
    );
    expect(edges.length).toBeGreaterThan(500);
    expect(edges).toContainEqual(['apps/api/main.ts', 'libs/command-handling/index.ts']);
    expect(
      found.modules.filter((module) => module.couldNotResolve === true).map(({ source }) => source),
    ).toEqual([]);
  });

  it('has a rule for every lib', async () => {
    const folders = await readdir('libs');
    expect(folders.toSorted()).toEqual(LIBS.toSorted());
  });

  it.each(RULES.map((rule: Rule): [string, string] => [rule.name, rule.comment]))('%s: %s', (name) => {
    const broken = found.summary.violations.filter((violation) => violation.rule.name === name);
    expect(broken.map((violation) => `${violation.from} → ${violation.to}`)).toEqual([]);
  });
});
