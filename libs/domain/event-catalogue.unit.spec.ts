import { describe, expect, it } from '@jest/globals';
import { allEvents, renderEventCatalogue } from './event-catalogue.js';
import { defineEvent } from './kernel/definition.js';
import { provision } from './kernel/law-reference.js';
import { byRule, computed, date, id, integer, list, oneOf, optional, record, text } from './kernel/schema.js';

describe('the registry of events', () => {
  it.each(Object.entries(allEvents))('%s is stored under its own type and has a legal date', (key, event) => {
    expect(event.type).toBe(key);
    expect(event.schemaVersion).toBeGreaterThanOrEqual(1);
    const legalDate = event.shape[event.legalDate];
    expect(['date', 'instant']).toContain(legalDate?.kind);
    expect(legalDate?.optional).toBeUndefined();
  });

  it('holds the events of every aggregate', () => {
    expect(Object.keys(allEvents)).toEqual(
      expect.arrayContaining([
        'PersonRegistered',
        'PersonCorrected',
        'SubjectShredded',
        'CaseHistoryAccessed',
      ]),
    );
  });
});

describe('the event catalogue', () => {
  const Tried = defineEvent({
    type: 'Tried',
    schemaVersion: 2,
    norwegian: 'Prøvd',
    summary: 'Somebody tried.',
    aggregate: 'childcase',
    legalDate: 'on',
    law: [provision('BVL2021', '12-5', 1, 'a'), provision('FVL1967', '27')],
    shape: {
      triedId: id(),
      on: date(),
      why: byRule(text()),
      goals: list(record({ text: text(), level: oneOf(['LOW', 'HIGH']) }), 1),
      views: optional(list(text())),
      dueOn: computed(date()),
      week: optional(integer(1, 53)),
    },
    journalRelevant: true,
  });

  it('prints each event with its names, version, dates, law and fields', () => {
    const page = renderEventCatalogue({ Tried });
    expect(page.slice(page.indexOf('## '))).toBe(`## ChildCase (barnevernssak) — \`childcase-{caseId}\`

### Tried — Prøvd

Somebody tried.

Version 2 · legal date \`on\` · law: barnevernsloven §12-5 (1) a, forvaltningsloven §27 · journal: yes

| Field | Kind | Presence | Sealed |
| --- | --- | --- | --- |
| \`triedId\` | id | required | no |
| \`on\` | date | required | no |
| \`why\` | text | by rule | yes |
| \`goals[]\` | list of objects, at least 1 | required | no |
| \`goals[].text\` | text | required | yes |
| \`goals[].level\` | \`LOW\` \`HIGH\` | required | no |
| \`views[]\` | list of text | optional | yes |
| \`dueOn\` | date | computed | no |
| \`week\` | integer 1–53 | optional | no |
`);
  });

  it('holds every event that can be stored, and is the same each time', () => {
    const page = renderEventCatalogue();
    for (const type of Object.keys(allEvents)) expect(page).toContain(`### ${type} — `);
    expect(renderEventCatalogue()).toBe(page);
  });
});
