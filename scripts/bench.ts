/**
 * npm run bench -- [--pairs N] [--messages N] [--json]
 *
 * Quick by default, and only indicative. Exit code 1 where a message was not answered exactly once.
 */
import { parseArgs } from 'node:util';
import { bench } from '../test/bench/bench.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '3' },
    messages: { type: 'string', default: '20000' },
    json: { type: 'boolean', default: false },
  },
});
const [pairs, messages] = [Number(values.pairs), Number(values.messages)];
if (
  !Number.isInteger(pairs) ||
  pairs < 1 ||
  pairs > 100 ||
  !Number.isInteger(messages) ||
  messages < 100 ||
  messages > 1_000_000
) {
  process.stderr.write('brug: npm run bench -- [--pairs 1..100] [--messages 100..1000000] [--json]\n');
  process.exit(2);
}
const url = process.env['ADAPTER_AMQP_URL'];
const log = (line: string): void => void process.stderr.write(`${line}\n`);
const result = await bench({ pairs, messages, log, ...(url === undefined ? {} : { url }) });
if (values.json) {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
} else {
  const show = (value: number): string => Math.round(value).toLocaleString('da-DK');
  process.stdout.write(
    [
      '',
      `RabbitMQ ${result.broker}, ${result.messages} beskeder à ${result.messageBytes} byte, ${pairs} par`,
      `rå ekko (median):    ${show(result.rawMedian)} beskeder/s`,
      `adapteren (median):  ${show(result.adapterMedian)} beskeder/s`,
      `forhold (median af parrene): ${result.ratio_raw_echo.toFixed(2)}`,
      '',
    ].join('\n'),
  );
}
