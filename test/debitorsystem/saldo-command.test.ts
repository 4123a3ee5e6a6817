/** A customer's saldo as a command prints it: what counts as an amount, what is said of anything else, and that it is bounded. */
import { expect, test } from 'vitest';
import { saldoByCommand } from '../../src/debitorsystem/contract.ts';

const KUNDE = { kundeType: 'CPR-Person', kundeNummer: '0101701234' };

test.each([
  ['printf -- -12.50', -1250n],
  ['echo 0.00', 0n],
  ['echo " 7 "', 700n],
  ['echo +1.5', 150n],
  ['echo 99999999999999.99', 9_999_999_999_999_999n],
])('what %s prints is an amount', async (command, expected) => {
  expect(await saldoByCommand(command)(KUNDE)).toBe(expected);
});

test('the command is told which customer is meant', async () => {
  const command = '[ "$KUNDE_TYPE $KUNDE_NUMMER" = "CPR-Person 0101701234" ] && echo 1.00';
  expect(await saldoByCommand(command)(KUNDE)).toBe(100n);
});

test.each([
  'echo "$KUNDE_NUMMER: 1,00"',
  'echo 1.005',
  'echo 1e3',
  'true',
  'yes 1.00 | head -c 100000',
  'echo 1.00; echo 2.00',
])('what %s prints is refused, and is not repeated', async (command) => {
  await expect(saldoByCommand(command)(KUNDE)).rejects.toThrow(
    /^--saldo skrev ikke et beløb som -12\.50, men \d+ tegn, der ikke er et$/,
  );
});

test('a command that fails is told with its code and what it said, without CPR numbers', async () => {
  const failing = saldoByCommand('echo "kender ikke $KUNDE_NUMMER" >&2; exit 3')(KUNDE);
  await expect(failing).rejects.toThrow('--saldo sluttede med 3: kender ikke **********');
});

test('a command that never ends is ended, with what it has started', async () => {
  const before = performance.now();
  const hanging = saldoByCommand('sleep 300 & sleep 300', { limitMs: 100 })(KUNDE);
  await expect(hanging).rejects.toThrow('--saldo blev ikke færdig inden 100 ms');
  expect(performance.now() - before).toBeLessThan(20_000);
});

test('a command that runs when the kit is interrupted is ended, with what it has started', async () => {
  const interrupted = new AbortController();
  const hanging = saldoByCommand('sleep 300 & sleep 300', interrupted)(KUNDE);
  interrupted.abort();
  await expect(hanging).rejects.toThrow('--saldo sluttede med SIGKILL');
});
