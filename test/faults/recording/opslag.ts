/** The recording debitorsystem, able to say what became of a key, but not to recognise one: asked twice, it does it twice. */
import { recordingDefinition } from './backend.ts';

export default recordingDefinition('recording-opslag', { idempotent: false, opslag: true, concurrency: 64 });
