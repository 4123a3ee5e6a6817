/**
 * The first case, and the only one that is run whatever was chosen: that the debitorsystem has the kit's world, and that no run
 * has used it before. On a world that is used every other case would say something that is not so.
 */
import assert from 'node:assert/strict';
import { type ContractCase, nedskriv } from './case.ts';
import { nedskrivning } from './commands.ts';
import { only } from './effects.ts';
import { kroner, saidUdfald } from './outcomes.ts';
import { RESTBELOEB_OERE } from './world.ts';

/** Taken of a fordring that can spare it in every run there will ever be. */
const PROBE_OERE = 100n;

/** Another run has used the world: what the other cases would find is what that run left behind. */
export class UsedWorld extends assert.AssertionError {
  constructor() {
    super({
      message:
        'verdenen er brugt: en tidligere kørsel har arbejdet på de samme debitorkonti. Giv debitorsystemet friske data ' +
        '(examples/kit-data.json), og kør igen; intet andet er prøvet',
    });
  }
}

export const FRISK: ContractCase = {
  name: 'Debitorsystemet har kittets data, og de er friske',
  needs: nedskriv,
  run: async (stage) => {
    const { maerke } = stage.world;
    const [used, lasting] = maerke.fordringer;
    assert.ok(used !== undefined && lasting !== undefined, 'kittets verden: maerke skal have to fordringer');
    const marked = await stage.execute(nedskrivning(stage.world, only(maerke, used), RESTBELOEB_OERE));
    if (marked.art === 'udfoert') return;
    // Where it is not the data, it is the amount: then the smallest can still be taken of what is not used.
    const smallest = await stage.execute(nedskrivning(stage.world, only(maerke, used), 1n));
    const probed = await stage.execute(nedskrivning(stage.world, only(maerke, lasting), PROBE_OERE));
    const hasNothing = marked.art === 'afvist' && smallest.art === 'afvist';
    if (hasNothing && probed.art === 'udfoert') throw new UsedWorld();
    const why = hasNothing
      ? 'har debitorsystemet kittets data (examples/kit-data.json, eller det, som --world siger)?'
      : 'er beløbene læst som hele øre?';
    const what = `NEDSKRIV med ${kroner(RESTBELOEB_OERE)} på ${maerke.debitorkonto}, hvor så meget skyldes,`;
    assert.fail(`${what} skulle være udført, men blev ${saidUdfald(marked)}: ${why}`);
  },
};
