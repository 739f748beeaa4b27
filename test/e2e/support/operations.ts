import type { Json } from './client.js';

/** An operation of the OpenAPI document, as far as tests drive it. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: Json | undefined;
  /** JSON pointer of the body's schema in the document. */
  readonly schemaPointer: string;
  readonly examples: readonly unknown[];
  readonly parameters: readonly { readonly name: string; readonly in: 'path' | 'query' | 'header' }[];
}

const VALUES: Readonly<Record<string, string>> = { kommunenr: '3401', year: '2025', Qn: 'Q5' };

/** A path with something in each place: an id, or what else the place takes. */
export const pathWith = (path: string, id: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => VALUES[name] ?? id);

/** Every operation that the document names. */
export function operationsOf(document: Json): readonly Operation[] {
  const paths = document['paths'] as Record<string, Record<string, Json>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationOf(path, method, operation)),
  );
}

function operationOf(path: string, method: string, operation: Json): Operation {
  const body = (operation['requestBody'] as { content: Record<string, Json> } | undefined)?.content[
    'application/json'
  ];
  const examples = Object.values((body?.['examples'] ?? {}) as Record<string, { value: unknown }>);
  return {
    name: operation['operationId'] as string,
    method: method.toUpperCase() as Operation['method'],
    path,
    body,
    schemaPointer: `/paths/${path.replace(/~/g, '~0').replace(/\//g, '~1')}/${method}/requestBody/content/application~1json/schema`,
    examples: examples.map(({ value }) => value),
    parameters: (operation['parameters'] ?? []) as Operation['parameters'],
  };
}
