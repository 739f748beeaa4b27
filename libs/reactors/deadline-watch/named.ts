import { parse, v5 as uuidV5 } from 'uuid';

/** Read once: the library would read it again for every id, and a look at a case makes dozens. */
const NAMESPACE = parse(uuidV5.URL);

/** UUIDv5 in the URL namespace of RFC 9562: the same name gives the same id everywhere and for ever. */
export const named = (name: string): string => uuidV5(Buffer.from(name), NAMESPACE);
