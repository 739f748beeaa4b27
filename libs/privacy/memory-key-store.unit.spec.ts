import { keyStoreContract } from './key-store.contract.fixture.js';
import { MemoryKeyStore } from './memory-key-store.js';

const memory = new MemoryKeyStore();
keyStoreContract('memory', () => ({ keys: memory, index: memory }));
