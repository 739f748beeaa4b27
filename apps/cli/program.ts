import { Command } from 'commander';
import { addAccessLog } from './commands/accesslog.js';
import { addDemo } from './commands/demo.js';
import { addEventCatalogue } from './commands/event-catalogue.js';
import { addGenerate } from './commands/generate.js';
import { addMigrate } from './commands/migrate.js';
import { addOrganisation } from './commands/organisation.js';
import { addProjections } from './commands/projections.js';
import { addReactors } from './commands/reactors.js';
import { addRulesCatalogue } from './commands/rules-catalogue.js';
import { addServe } from './commands/serve.js';
import { addShred } from './commands/shred.js';
import { addStore } from './commands/store.js';
import { addToken } from './commands/token.js';

/** All commands. Each is loaded with what it needs when it runs, so that `token` does not wait for the whole service. */
export function createProgram(): Command {
  const program = new Command('forlop')
    .description('Forløp: an event-sourced case service for hjelpetiltak in Norwegian child welfare')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  addServe(program);
  addMigrate(program);
  addToken(program);
  addOrganisation(program);
  addProjections(program);
  addReactors(program);
  addShred(program);
  addStore(program);
  addAccessLog(program);
  addEventCatalogue(program);
  addGenerate(program);
  addRulesCatalogue(program);
  addDemo(program);
  return program;
}
