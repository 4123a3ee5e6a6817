/** Prints a customer's saldo as the kit's `--saldo` wants it, `12.50`: `KUNDE_TYPE=… KUNDE_NUMMER=… node saldo.ts kit.db`. */
import { laesSaldo } from './lager.ts';

const { KUNDE_TYPE = '', KUNDE_NUMMER = '' } = process.env;
const oere = laesSaldo(process.argv[2] ?? '', KUNDE_TYPE, KUNDE_NUMMER);
const cifre = String(oere < 0n ? -oere : oere).padStart(3, '0');
console.log(`${oere < 0n ? '-' : ''}${cifre.slice(0, -2)}.${cifre.slice(-2)}`);
