// How arrays are stated once, by the names and fields of what stands in them: reading and writing
// follow. A form is an array that begins with a number, as frames and bodies do; a record has none.

import { type Bytes, type Item, Reader, WireError, writeItem } from './cbor.ts';

/** How a field is read, and which item it is written as. */
export type Field<Value> = { read(reader: Reader): Value; write(value: Value): Item };

/** By name, in the order in which they stand. */
type Fields = { readonly [name: string]: Field<unknown> };

/** A form's number, its fields, and those that may be left out, all of them or none. */
type Form = readonly [number: number, fields: Fields, optional?: Fields];

type Forms = { readonly [kind: string]: Form };

type ValuesOf<F> = { -readonly [Name in keyof F]: F[Name] extends Field<infer Value> ? Value : never };

type OptionalOf<F> = F extends readonly [number, Fields, infer Optional]
  ? Partial<ValuesOf<Optional>>
  : unknown;

/** A union of what a table has forms for, by kind. */
export type OneOf<Table extends Forms> = {
  [Kind in keyof Table]: { kind: Kind } & ValuesOf<Table[Kind][1]> & OptionalOf<Table[Kind]>;
}[keyof Table];

/** What a field holds. */
export type ValueOf<F> = F extends Field<infer Value> ? Value : never;

const UINT32_MOST = 2 ** 32 - 1;

/** Below 2^53. */
export const uint = asIs(reader => reader.uint());
/** Below 2^32; where a number would reach that, {@link WireError} is thrown. */
export const uint32: Field<number> & { write(value: number): number } = {
  read: reader => reader.uintTo(UINT32_MOST),
  write(value) {
    if (value > UINT32_MOST) throw new WireError('a number too large');
    return value;
  },
};
export function uintWithin(least: number, most: number): Field<number> {
  return only(
    number => number >= least,
    asIs(reader => reader.uintTo(most)),
  );
}
export const byte = asIs(reader => reader.uintTo(255));
export const uintOrNull = asIs(reader => reader.uintOrNull());
export const bool = asIs(reader => reader.bool());
export const bytes = asIs(reader => reader.bytes());
export const text = asIs(reader => reader.text());

export function bytesOf(length: number): Field<Bytes> {
  return asIs(reader => reader.bytesOf(length));
}

/** 1 to `most` bytes. */
export function bytesWithin(most: number): Field<Bytes> {
  return asIs(reader => reader.bytes(1, most));
}

/** One of `names`, whose codes are counted from `first`. */
export function coded<Name>(names: readonly Name[], first: number): Field<Name> {
  return {
    read(reader) {
      const name = names[reader.uint() - first];
      if (name === undefined) throw new WireError('an unknown code');
      return name;
    },
    write: name => names.indexOf(name) + first,
  };
}

/** An array of exactly these fields. */
export function record<F extends Fields>(fields: F): Field<ValuesOf<F>> {
  return {
    read(reader) {
      reader.arrayOf(sizeOf(fields));
      return read(fields, reader);
    },
    write: values => written(fields, values),
  };
}

/** `least` to `most` of one kind. The claimed length allocates nothing. */
export function listOf<Value>(
  field: Field<Value>,
  least = 0,
  most = Number.POSITIVE_INFINITY,
): Field<Value[]> {
  return {
    read(reader) {
      const length = reader.array();
      if (length < least || length > most) throw new WireError('a list of another length');
      const elements: Value[] = [];
      while (elements.length < length) elements.push(field.read(reader));
      return elements;
    },
    write: elements => elements.map(element => field.write(element)),
  };
}

/** A field of which not everything is taken that has its form. */
export function only<Value>(isTaken: (value: Value) => boolean, field: Field<Value>): Field<Value> {
  return {
    ...field,
    read(reader) {
      const value = field.read(reader);
      if (!isTaken(value)) throw new WireError('of the form, but not of the protocol');
      return value;
    },
  };
}

/** The numbers that stand first, by kind. */
export const numbersOf = <Table extends Forms>(forms: Table) =>
  Object.fromEntries(Object.entries(forms).map(([kind, [number]]) => [kind, number])) as Record<
    keyof Table,
    number
  >;

export function itemOf<Table extends Forms>(forms: Table, one: OneOf<Table>): Item[] {
  const [number, fields, optional = {}] = forms[one.kind] as Form;
  const values = one as Values;
  const complete = Object.keys(optional).every(name => values[name] !== undefined);
  return [number, ...written(complete ? { ...fields, ...optional } : fields, values)];
}

export const encode = <Table extends Forms>(forms: Table, one: OneOf<Table>): Bytes =>
  writeItem(itemOf(forms, one));

/** Reads what fills `bytes`, or throws {@link WireError}. */
export function decode<Table extends Forms>(forms: Table, bytes: Uint8Array): OneOf<Table> {
  const reader = new Reader(bytes);
  const one = readOne(forms, reader);
  if (typeof one === 'number') throw new WireError('no frame of the protocol');
  reader.end();
  return one;
}

/**
 * Reads one, or throws {@link WireError}. One that the table has no form for is passed over: its
 * number is returned.
 */
export function readOne<Table extends Forms>(forms: Table, reader: Reader): OneOf<Table> | number {
  const length = reader.array() - 1;
  if (length < 0) throw new WireError('an empty array');
  const number = reader.uint();
  const [kind, form] = Object.entries(forms).find(([, form]) => form[0] === number) ?? [];
  if (!form) {
    reader.skip(length);
    return number;
  }
  const [, fields, optional = {}] = form;
  const present = sizeOf(fields) === length ? fields : { ...fields, ...optional };
  if (sizeOf(present) !== length) throw new WireError('an array of another length');
  return { kind, ...read(present, reader) } as OneOf<Table>;
}

type Values = { readonly [name: string]: unknown };

const sizeOf = (fields: Fields): number => Object.keys(fields).length;

const read = <F extends Fields>(fields: F, reader: Reader): ValuesOf<F> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.read(reader)]),
  ) as ValuesOf<F>;

const written = (fields: Fields, values: Values): Item[] =>
  Object.entries(fields).map(([name, field]) => field.write(values[name]));

/** A field that is written as it is read. */
function asIs<Value extends Item>(read: (reader: Reader) => Value): Field<Value> {
  return { read, write: value => value };
}
