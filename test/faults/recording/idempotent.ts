/** The recording debitorsystem, able to recognise a repeated key: one effect, and the same udfald. */
import { recordingDefinition } from './backend.ts';

export default recordingDefinition('recording-idempotent', { idempotent: true, opslag: false, concurrency: 64 });
