// A daemon that gives orders in members' names, or makes something else of those that they give: who has the right is
// obeyed in what it said, nobody in what it did not say, and what can't be checked is told as such.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PUT_OUT_KEPT, PutOut } from '../src/session/put-out.ts';
import type { Command } from '../src/wire.ts';
import { ENTRY, passes, payloads, sealAs, strange } from './keys.ts';
import { type Person, standing, three, World } from './relay.ts';

/** Three that know one another's chains. */
async function talking() {
  const room = await three();
  for (const person of [room.ada, room.bob, room.eve]) await person.say('hello');
  await room.world.settle();
  return room;
}

type Order = Command & { kind: 'kick' | 'hand' | 'stop' };

/** The daemon does something else with the next order of a kind. */
function instead(world: World, kind: Order['kind'], act: (payload: Uint8Array<ArrayBuffer>) => void): void {
  world.intercept = (_from, _frame, command) => {
    if (command?.kind !== kind) return false;
    world.intercept = () => false;
    act(command.payload);
    return true;
  };
}

const seatBy = (world: World, id: number) => world.room?.seats.find(seat => seat.id === id) ?? assert.fail();

const keepers = (of: Person) => of.room.members.flatMap(({ alias, keeper }) => (keeper ? [alias] : []));

test('a member that another one puts out is shut out by all, even if the daemon merely hands the word on', async () => {
  const { world, ada, bob, eve } = await talking();
  const { id } = eve;
  instead(world, 'kick', payload => world.all({ kind: 'said', from: ada.id, payload }));
  await ada.kick(id);
  await world.settle();
  assert.deepEqual(eve.view, { phase: 'over', ending: 'kicked', by: 'Ada' });
  // The page that gave the order does so, too.
  for (const person of [ada, bob]) {
    assert.equal(standing(person, id), 'shut-out');
    assert.equal(person.lines().at(-1), '* shut-out Eve by Ada');
  }
  for (const [person, other] of [
    [bob, ada],
    [ada, bob],
  ] as const) {
    const point = world.seen.length;
    await person.say('without her');
    await world.settle();
    assert.deepEqual(
      passes(world, person, point).map(({ to }) => to),
      [other.id],
    );
    assert.equal(payloads(world, person).at(-1)?.[3], 1, 'another generation');
  }
});

test('a kick of which the daemon makes another order puts out whom it names all the same', async () => {
  const { world, ada, bob, eve } = await talking();
  instead(world, 'kick', payload => world.all({ kind: 'handed', id: bob.id, by: ada.id, payload }));
  await ada.kick(eve.id);
  await world.settle();
  for (const person of [ada, bob]) {
    assert.deepEqual(person.lines().slice(-2), ['* shut-out Eve by Ada', '* keeper-unsaid Bob by Ada']);
    assert.deepEqual(keepers(person), ['Ada']);
  }
});

test('a voice that was put out is heard no more, though its card is shown only then', async () => {
  const world = new World();
  const ada = await world.person('Ada', 'open');
  const bob = await world.person('Bob', 'enter');
  world.tamper = (to, frame, bytes) => (to.owner === bob && frame.kind === 'joined' ? [] : [bytes]);
  const eve = await world.person('Eve', 'enter');
  for (const person of [ada, eve]) await person.say('hello');
  await world.settle();
  const seat = world.seatOf(eve) ?? assert.fail();
  await ada.kick(eve.id);
  await world.settle();
  assert.equal(bob.lines().at(-1), '* contradicted');
  bob.tell({ kind: 'joined', id: 60, entry: seat.entry, card: seat.card });
  await world.settle();
  assert.equal(standing(bob, 60), 'shut-out');
  const point = world.seen.length;
  await bob.say('without her');
  await world.settle();
  assert.deepEqual(
    passes(world, bob, point).map(({ to }) => to),
    [ada.id],
  );
});

test('who is not heard keeps its alias from nobody', async () => {
  for (const isOut of [false, true]) {
    const { world, ada, bob, eve } = await talking();
    const { id } = eve;
    if (isOut) {
      instead(world, 'kick', payload => world.all({ kind: 'said', from: ada.id, payload }));
      await ada.kick(id);
    } else {
      bob.tell({ kind: 'renewed', id, card: new Uint8Array(300) });
    }
    await world.settle();
    assert.notEqual(standing(bob, id), 'ready');
    bob.tell({ kind: 'joined', id: 60, entry: ENTRY, card: await strange('eve') });
    await world.settle();
    assert.equal(standing(bob, 60), 'ready');
  }
});

test('so many voices are remembered that were put out, and the oldest goes', () => {
  const out = new PutOut();
  const voice = (n: number) => Uint8Array.of(n & 255, n >> 8, ...new Uint8Array(30));
  for (let n = 0; n < PUT_OUT_KEPT; n++) out.add(voice(n));
  out.add(voice(PUT_OUT_KEPT - 1));
  assert.deepEqual([out.has(voice(0)), out.has(voice(PUT_OUT_KEPT))], [true, false]);
  out.add(voice(PUT_OUT_KEPT));
  assert.deepEqual([out.has(voice(0)), out.has(voice(1)), out.has(voice(PUT_OUT_KEPT))], [false, true, true]);
});

test('a room that is stopped is stopped for who stopped it, even if the daemon merely hands the word on', async () => {
  const { world, ada, bob, eve } = await talking();
  instead(world, 'stop', payload => world.all({ kind: 'said', from: ada.id, payload }));
  await ada.stop();
  await world.settle();
  assert.deepEqual(ada.view, { phase: 'over', ending: 'stopped' });
  for (const { view } of [bob, eve]) assert.deepEqual(view, { phase: 'over', ending: 'stopped', by: 'Ada' });
});

test('what the daemon says that this member said, and it did not, is told', async () => {
  const { world, ada } = await talking();
  const [mine = assert.fail()] = payloads(world, ada);
  for (const payload of [mine, new Uint8Array(400)]) {
    const before = ada.lines().length;
    ada.tell({ kind: 'said', from: ada.id, payload: Uint8Array.from(payload) });
    await world.settle();
    assert.equal(ada.lines().length, before + (payload === mine ? 1 : 0));
    assert.match(ada.lines().at(-1) ?? '', /^\* contradicted/);
  }
});

test('a word of one’s own proves nothing but what it says', async () => {
  const orders = {
    kicked: (payload: Uint8Array<ArrayBuffer>, id: number) =>
      ({ kind: 'kicked', id, by: 1, payload }) as const,
    handed: (payload: Uint8Array<ArrayBuffer>, id: number) =>
      ({ kind: 'handed', id, by: 1, payload }) as const,
  };
  for (const [kind, told] of [
    ['kicked', '* put-out Bob by Ada'],
    ['handed', '* keeper-unsaid Bob by Ada'],
  ] as const) {
    const { world, ada, bob } = await talking();
    world.intercept = (_from, frame) => {
      if (frame.kind !== 'say') return false;
      world.all(orders[kind](frame.payload, bob.id));
      return true;
    };
    await ada.say('an ordinary message');
    await world.settle();
    assert.equal(ada.lines().at(-1), told);
    assert.deepEqual(keepers(ada), ['Ada']);
  }
  const { world, ada, bob } = await talking();
  world.intercept = (from, frame) => {
    if (frame.kind !== 'say') return false;
    world.one(from, { kind: 'over', end: 'stopped', by: ada.id, payload: frame.payload });
    return true;
  };
  await ada.say('an ordinary message');
  await world.settle();
  assert.deepEqual([ada.view, bob.view.phase], [{ phase: 'over', ending: 'stopped-unread' }, 'room']);
});

test('a kick that is shown as that of somebody unreadable, or not there, puts out whom it names', async () => {
  for (const shownAs of ['unreadable', 'not there'] as const) {
    const { world, ada, bob, eve } = await talking();
    const eves = eve.id;
    if (shownAs === 'unreadable')
      for (const person of [ada, bob])
        person.tell({ kind: 'joined', id: 60, entry: new Uint8Array(16), card: new Uint8Array(300) });
    await world.settle();
    instead(world, 'kick', payload => world.all({ kind: 'kicked', id: 60, by: ada.id, payload }));
    await ada.kick(eves);
    await world.settle();
    for (const person of [ada, bob]) {
      const told = shownAs === 'unreadable' ? '* put-out by Ada' : '* contradicted';
      assert.deepEqual(person.lines().slice(-2), ['* shut-out Eve by Ada', told], person.alias);
      assert.equal(standing(person, eves), 'shut-out');
    }
  }
});

test('an office that was handed to one is not another’s, whose card nobody can read', async () => {
  const { world, ada, bob, eve } = await talking();
  for (const person of [ada, bob, eve])
    person.tell({ kind: 'joined', id: 60, entry: new Uint8Array(16), card: new Uint8Array(300) });
  await world.settle();
  instead(world, 'hand', payload => world.all({ kind: 'handed', id: 60, by: ada.id, payload }));
  await ada.hand(bob.id);
  await world.settle();
  for (const person of [ada, bob, eve]) {
    assert.match(person.lines().at(-1) ?? '', /^\* keeper-unsaid/, person.alias);
    assert.deepEqual(keepers(person), ['Ada']);
  }
});

test('a kick of one is not the end of the room, and a stop is no kick', async () => {
  for (const [kind, end, ending] of [
    ['kick', 'stopped', 'stopped-unread'],
    ['stop', 'kicked', 'put-out'],
  ] as const) {
    const { world, ada, bob } = await talking();
    instead(world, kind, payload => bob.tell({ kind: 'over', end, by: ada.id, payload }));
    await (kind === 'kick' ? ada.kick(bob.id) : ada.stop());
    await world.settle();
    assert.deepEqual(bob.view, { phase: 'over', ending });
  }
});

test('an order for which the chain was denied is taken on the daemon’s word, and told as unread', async () => {
  for (const order of ['kick', 'hand'] as const) {
    const { world, ada, bob, eve } = await talking();
    const zoe = await world.person('Zoe', 'enter');
    await zoe.leave();
    await world.settle();
    // Ada speaks under another chain next, which Bob is not handed.
    world.full.add(bob.id);
    const point = world.seen.length;
    await ada[order](eve.id);
    await world.settle();
    // He asks for it.
    assert.deepEqual(
      passes(world, bob, point).map(({ to }) => to),
      [ada.id],
    );
    const told = order === 'kick' ? '* put-out-unread Eve by Ada' : '* handed-unread Eve by Ada';
    assert.equal(bob.lines().at(-1), told);
    assert.deepEqual(keepers(bob), [order === 'kick' ? 'Ada' : 'Eve']);
  }
});

test('nobody puts itself out by a kick', async () => {
  for (const kind of ['kicked', 'said'] as const) {
    const { world, ada, bob } = await talking();
    const voice = ada.membership.stay.voice.public;
    const [by, payload] = [ada.id, await sealAs(world, ada, bob, { kind: 'kick', voice })];
    world.all(kind === 'said' ? { kind, from: by, payload } : { kind, id: by, by, payload });
    await world.settle();
    if (kind === 'kicked') assert.equal(bob.lines().at(-2), '* put-out Ada by Ada');
    else assert.equal(standing(bob, by), 'ready');
  }
});

test('a kick that nobody spoke is told of as the daemon’s own doing', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('hello');
  await world.settle();
  const { id } = eve;
  world.all({ kind: 'kicked', id, by: ada.id, payload: new Uint8Array(400) });
  await world.settle();
  assert.equal(bob.lines().at(-1), '* put-out Eve by Ada');
  assert.equal(ada.lines().at(-1), '* put-out Eve by Ada');
});

test('a kick by who may not is told of, though it was spoken, and is obeyed by nobody', async () => {
  const { world, ada, bob, eve } = await three();
  await bob.say('hello');
  await world.settle();
  // The daemon gives Bob what is Ada's alone.
  world.intercept = (_from, _frame, command) => {
    if (command?.kind !== 'kick') return false;
    world.giveUp(seatBy(world, command.id), { ...command, kind: 'kicked', by: bob.id });
    return true;
  };
  await bob.kick(eve.id);
  await world.settle();
  assert.equal(ada.lines().at(-1), '* put-out Eve by Bob');
});

test('a kick that names another puts out whom it names, and tells of the other', async () => {
  const { world, ada, bob, eve } = await three();
  const zoe = await world.person('Zoe', 'enter');
  await ada.say('hello');
  await world.settle();
  const [eves, zoes] = [eve.id, zoe.id];
  world.intercept = (_from, _frame, command) => {
    if (command?.kind !== 'kick') return false;
    world.giveUp(seatBy(world, zoes), { ...command, kind: 'kicked', id: zoes, by: ada.id });
    return true;
  };
  await ada.kick(eves);
  await world.settle();
  assert.deepEqual(bob.lines().slice(-2), ['* shut-out Eve by Ada', '* put-out Zoe by Ada']);
  assert.equal(standing(bob, eves), 'shut-out');
});

test('an office that the keeper did not hand on stays where it is', async () => {
  const { world, ada, bob, eve } = await three();
  await ada.say('hello');
  await world.settle();
  world.all({ kind: 'handed', id: eve.id, by: ada.id, payload: new Uint8Array(400) });
  await world.settle();
  assert.equal(bob.lines().at(-1), '* keeper-unsaid Eve by Ada');
  assert.equal(bob.room.members[0]?.keeper, true);
});

test('who is put out or sent away without a word that can be checked is told so', async () => {
  for (const [end, by, ending] of [
    ['kicked', 1, 'put-out'],
    ['kicked', 3, 'put-out'],
    ['stopped', 1, 'stopped-unread'],
    ['stopped', 3, 'stopped-unread'],
    ['stopped', null, 'stopped-by-host'],
  ] as const) {
    const { world, ada, bob } = await three();
    await ada.say('hello');
    await world.settle();
    bob.tell({ kind: 'over', end, by, ...(by && { payload: new Uint8Array(400) }) });
    await world.settle();
    assert.deepEqual(bob.view, { phase: 'over', ending }, `${end} by ${by}`);
  }
});

test('who is put out by a member who may not is not told that it was kicked', async () => {
  const { world, bob, eve } = await three();
  await eve.say('hello');
  await world.settle();
  let order: Command | undefined;
  world.intercept = (_from, _frame, command) => {
    order = command;
    return command?.kind === 'kick';
  };
  await eve.kick(bob.id);
  await world.settle();
  assert.ok(order?.kind === 'kick');
  bob.tell({ kind: 'over', end: 'kicked', by: eve.id, payload: order.payload });
  await world.settle();
  assert.deepEqual(bob.view, { phase: 'over', ending: 'put-out' });
});

test('a stop of which the daemon makes another order ends the room all the same, and a message is read', async () => {
  for (const kind of ['kicked', 'handed'] as const) {
    const { world, ada, bob, eve } = await talking();
    const { id } = eve;
    world.intercept = (_from, frame) => {
      if (frame.kind !== 'say') return false;
      world.intercept = () => false;
      world.all({ kind, id, by: ada.id, payload: frame.payload });
      return true;
    };
    await ada.say('an ordinary message');
    await world.settle();
    const told = kind === 'kicked' ? '* put-out Eve by Ada' : '* keeper-unsaid Eve by Ada';
    assert.deepEqual(bob.lines().slice(-2), ['Ada: an ordinary message', told]);
    assert.equal(ada.lines().filter(line => line.includes('ordinary')).length, 1);
    // Of who has the right alone.
    for (const [by, to, phase] of [
      [bob, ada, 'room'],
      [ada, bob, 'over'],
    ] as const) {
      const payload = await sealAs(world, by, to, { kind: 'stop' });
      to.tell({ kind, id, by: by.id, payload });
      await world.settle();
      assert.equal(to.view.phase, phase);
    }
    assert.deepEqual(bob.view, { phase: 'over', ending: 'stopped', by: 'Ada' });
  }
});
