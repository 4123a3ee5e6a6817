/**
 * Et fagsystem i Node: sender en anmodning, får kvitteringen og venter på svaret.
 *
 *   AMQP_URL=amqp://daginstitution:kode@localhost:5672/debitor node send.ts
 *
 * Brugeren i AMQP_URL er fagsystemets id. Den må skrive til debitor.anmodning og læse sin egen kø, og ikke andet.
 */
import { randomUUID } from 'node:crypto';
import { openFagsystemClient } from 'debitor-adapter/client';

const url = process.env['AMQP_URL'];
if (url === undefined) throw new Error('AMQP_URL mangler');

const client = await openFagsystemClient({
  url,
  afsender: { organisation: '29189846', itSystemInstans: '2b9c6f14-8e57-4d1a-b3f0-6a7d5c9e8b02' },
  modtager: { organisation: '29189846' },
  onProblem: (problem) => console.error(problem),
});

// Kaldes for hvert svar, også på det, som blev sendt i sidste uge. Gem det her: først når kaldet er færdigt, er svaret
// taget ud af køen; kaster det, kaldes det igen. Det samme svar igen har det samme messageId.
client.onKvittering((kvittering) => {
  const id = kvittering.art === 'debitorkonto' ? kvittering.anmodningIdentifikator : kvittering.transaktionsId;
  console.log(`kvittering ${kvittering.kode} ${id} (${kvittering.body.length} bytes)`);
});
client.onSvar((svar) => {
  console.log(`svar ${svar.status} ${svar.anmodningIdentifikator} (${svar.body.length} bytes)`);
});

try {
  const anmodning = await client.send({
    // Gem den, før der sendes: sendes den samme anmodning igen under den, udføres den kun én gang.
    anmodningIdentifikator: randomUUID(),
    handlingstype: 'HENSTAND',
    handling: { variant: 2, debitorkonto: 'KONTO-2001', fordringer: ['FORDRING-2001-1', 'FORDRING-2001-2'] },
    parametre: { virkningDato: '2027-03-01' },
  });
  console.log(`sendt ${anmodning.anmodningIdentifikator}`);

  const kvittering = await anmodning.kvittering();
  switch (kvittering.kode) {
    case 'ACCEPTERET':
      console.log(`udført: ${kvittering.resultat.fordringer.length} fordringer`);
      break;
    case 'MODTAGET': {
      const svar = await anmodning.svar();
      console.log(`afgjort ${svar.tid}: ${svar.resultat?.fordringer.length ?? 0} fordringer`);
      break;
    }
    default:
      for (const { kode, tekst } of kvittering.fejl) console.error(`${kode}: ${tekst}`);
      process.exitCode = 1;
  }
} finally {
  await client.close();
}
