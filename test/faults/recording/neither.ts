/** The recording debitorsystem that can settle no doubt: an unknown outcome waits for a person. */
import { recordingDefinition } from './backend.ts';

export default recordingDefinition('recording-neither', { idempotent: false, opslag: false, concurrency: 64 });
