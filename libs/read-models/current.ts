import { upcasting } from '#forlop/domain';
import type { Upcasting } from '#forlop/domain';
import { defineProjection } from '#forlop/projections';
import type { ProjectedEvent, Projection } from '#forlop/projections';

/** An event of an earlier version whose clear data is the present one's; payload and version stay as they are stored. */
interface BroughtUpToDate extends ProjectedEvent {
  readonly broughtUpToDate: true;
}

/**
 * The projection as it sees every event in the present version of its type, whatever version is stored. An event of a newer
 * version throws `UnknownEventVersion`: it can only be misread, so it must not be projected.
 */
export function upcasted(
  projection: Projection,
  { current }: Pick<Upcasting, 'current'> = upcasting,
): Projection {
  const { project, restating } = projection;
  const brought = (event: ProjectedEvent): ProjectedEvent => {
    // What a restating gives was brought here before it: the steps must not be taken twice.
    if ('broughtUpToDate' in event) return event;
    const data = current(event.type, event.schemaVersion, event.data);
    if (data === event.data) return event;
    const now: BroughtUpToDate = { ...event, data, broughtUpToDate: true };
    return now;
  };
  return {
    ...projection,
    project: (event) => project(brought(event)),
    ...(restating && {
      restating: { ...restating, restate: (events) => restating.restate(events.map(brought)) },
    }),
  };
}

/** Every read model of ours is defined by this. */
export const defineReadModel = (projection: Projection): Projection => upcasted(defineProjection(projection));
