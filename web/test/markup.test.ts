// A picture as a message, and how much a message holds.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESCRIPTION_MOST, pictureMarkup, pictureMost } from '../src/picture/markup.ts';
import { FILL } from '../src/seal/aead.ts';
import { World } from './relay.ts';

test('a description stays a description', () => {
  const markup = pictureMarkup('data:image/png;base64,AAAA', `a "b" <i>c</i> & 'd'`);
  assert.equal(
    markup,
    `<img src="data:image/png;base64,AAAA" alt="a &quot;b&quot; &lt;i&gt;c&lt;/i&gt; &amp; 'd'">`,
  );
});

test('the largest picture fits its message, whatever its description is', () => {
  const worst = '"'.repeat(DESCRIPTION_MOST + 1);
  for (const message of [2000, 65_000, 1_000_000]) {
    const picture = Buffer.alloc(pictureMost(message)).toString('base64');
    const length = Buffer.byteLength(pictureMarkup(`data:image/jpeg;base64,${picture}`, worst));
    assert.ok(length <= message && length > message - 64, `${message - length} bytes are left`);
  }
  for (const message of [0, 1000, 1264]) assert.equal(pictureMost(message), 0);
  // A character of three bytes takes less than a sign that is written as six.
  assert.ok(
    Buffer.byteLength(pictureMarkup('', '字'.repeat(DESCRIPTION_MOST))) < pictureMarkup('', worst).length,
  );
});

test('the longest text is taken, said, whispered and as an answer, and one that is longer by a step or two is not', async () => {
  for (const largestFrame of [2048, 65_536]) {
    const world = new World();
    world.largestFrame = largestFrame;
    const alice = await world.person('alice', 'open');
    const bob = await world.person('bob', 'enter');
    await alice.say('first');
    await world.settle();
    const first = alice.room.lines.find(line => 'html' in line)?.key;
    const text = '='.repeat(alice.membership.textMost());
    const isTaken = async (text: string, to: number | null, answered?: number): Promise<boolean> => {
      const body = { kind: 'message', at: world.now, timer: 0, text } as const;
      const whom = to === null ? null : alice.addressee(to);
      const { taken, effects } = await alice.membership.say({ to: whom, body }, world.now, answered);
      await alice.carryOut(effects);
      await world.settle();
      return taken;
    };
    for (const [to, answered] of [
      [null, undefined],
      [null, first],
      [bob.id, undefined],
    ] as const) {
      assert.equal(await isTaken(text, to, answered), true);
      const heard = bob.room.lines.at(-1);
      assert.ok(heard && 'html' in heard && heard.html === text);
      assert.equal(await isTaken(text + '='.repeat(4 * FILL), to, answered), false);
    }
  }
});
