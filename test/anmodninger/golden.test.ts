/**
 * Golden files: an anmodning and a debitorsystem's udfald give a command and a kvittering, to the byte. The way is the real
 * one, from bytes to bytes, without a broker or a ledger.
 *
 * `UPDATE_GOLDEN=1` writes the results anew; read the difference before it is committed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../src/broker/delivery.ts';
import { decodeCommand, encodeCommand } from '../../src/domain/command.ts';
import type { DispatchOutcome } from '../../src/domain/udfald.ts';
import { settlementOf } from '../../src/flow/settle.ts';
import type { Answer, Claim, Known } from '../../src/ledger/ledger.ts';
import { RECEIVED_AT, readDelivery } from '../support/reading.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const QUEUES = { debitorkontoanmodning: 'debitorkonto', 'kontant-indbetaling': 'kontantindbetaling' } as const;
const NOTHING_KNOWN: Known = { earlier: 'none', eksternIdUsed: false };

function expectGolden(path: string, content: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, content);
  expect(content, path).toBe(readFileSync(path, 'utf8'));
}

function readOptional<T>(path: string): T | undefined {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8'), (key, value) =>
    key === 'beloebOere' && typeof value === 'string' ? BigInt(value) : value,
  ) as T;
}

function answerOf(claim: Claim, outcome: DispatchOutcome): Answer {
  const settlement = settlementOf(claim, outcome, {
    svarform: claim.command.art === 'handling' ? claim.command.svarform : 'STRAKS',
    attempt: 1,
    inDoubt: false,
    capabilities: { idempotent: true, opslag: true },
    policy: { maxAttempts: 1, initialDelayMs: 1, maxDelayMs: 1 },
    now: RECEIVED_AT + 1000,
    chance: 0,
  });
  if (!('answer' in settlement)) throw new Error(`no answer, but ${settlement.state}`);
  return settlement.answer;
}

for (const [type, queue] of Object.entries(QUEUES)) {
  describe(type, () => {
    for (const name of readdirSync(join(FIXTURES, type)).sort()) {
      test(name, () => {
        const at = (file: string): string => join(FIXTURES, type, name, file);
        const delivery: Delivery = {
          queue,
          exchange: 'debitor.anmodning',
          routingKey: `${queue}.kulturskole`,
          redelivered: false,
          body: readFileSync(at('anmodning.xml')),
          properties: { userId: 'kulturskole', messageId: 'message-1', correlationId: 'correlation-1' },
        };
        const arrival = readDelivery(delivery);
        const judgement = arrival.judge(readOptional<Known>(at('known.json')) ?? NOTHING_KNOWN);
        const udfald = readOptional<DispatchOutcome>(at('udfald.json'));
        let answer: Answer;
        if (udfald === undefined) {
          if (judgement.art !== 'answer') throw new Error(`${judgement.art}: ${JSON.stringify(judgement)}`);
          answer = judgement.answer;
        } else {
          if (judgement.art !== 'dispatch')
            throw new Error(
              `not dispatched: ${new TextDecoder().decode('answer' in judgement ? judgement.answer?.body : undefined)}`,
            );
          const command = encodeCommand(judgement.command);
          expectGolden(at('command.json'), `${JSON.stringify(JSON.parse(command), null, 2)}\n`);
          const claim: Claim = {
            seq: 1,
            kind: queue,
            // The way through the ledger belongs to the way.
            command: decodeCommand(command),
            kontekst: judgement.kontekst,
            attempt: 1,
            asked: 1,
            inDoubt: false,
            properties: delivery.properties,
          };
          answer = answerOf(claim, udfald);
        }
        const { body, ...envelope } = answer;
        expectGolden(at('kvittering.xml'), new TextDecoder().decode(body));
        expectGolden(at('kvittering.json'), `${JSON.stringify(envelope, null, 2)}\n`);
      });
    }
  });
}
