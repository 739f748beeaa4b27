/** Did the measure do what it was for (bvl §8-1): by how it ended, else by its last evaluation. */
import { answered, ofType, type DossierQuestion, type Finding, type KnownFact } from './finding.js';

export function didTheMeasureWork(facts: readonly KnownFact[]): DossierQuestion {
  const findings = ofType(facts, 'MeasureStarted').map((start): Finding => {
    const { measureId } = start.data;
    const end = ofType(facts, 'MeasureEnded').find(({ data }) => data.measureId === measureId);
    const evaluation = ofType(facts, 'EvaluationRecorded')
      .filter(({ data }) => data.measures.some((m) => m.measureId === measureId))
      .reduce<ReturnType<typeof ofType<'EvaluationRecorded'>>[number] | undefined>(
        (latest, next) =>
          latest === undefined || next.data.evaluatedOn >= latest.data.evaluatedOn ? next : latest,
        undefined,
      );
    const evidence = [start, evaluation, end].flatMap((fact) => (fact === undefined ? [] : [fact.eventId]));
    return { ...judgement(end?.data.reason, evaluation?.data.worksAsIntended), evidence };
  });
  return answered(
    {
      id: 'virkning',
      question: 'Gjorde tiltaket det det var ment for?',
      counted: 'tiltak virket etter hensikten',
      nothing: 'Det kan ikke sies ennå.',
    },
    findings,
    facts,
  );
}

/** A measure that ended without goal or evaluation has not been shown to work. */
function judgement(reason: string | undefined, works: boolean | undefined): Omit<Finding, 'evidence'> {
  if (reason === 'MAL_NADD') return { held: true };
  if (reason === 'INGEN_EFFEKT') return { held: false, remark: 'Et tiltak ble avsluttet uten effekt.' };
  if (works !== undefined) {
    return works
      ? { held: true }
      : { held: false, remark: 'Siste evaluering sier at et tiltak ikke virker som det skal.' };
  }
  return reason === undefined
    ? { held: undefined, remark: 'Et tiltak som er i gang, er ikke evaluert.' }
    : { held: false, remark: 'Et tiltak ble avsluttet uten at virkningen er evaluert.' };
}
