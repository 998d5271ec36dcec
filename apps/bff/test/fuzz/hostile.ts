import fc, { type Arbitrary } from 'fast-check'

type Schema = Readonly<Record<string, unknown>>

/** Strings that have broken servers before. */
const nastyStrings = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u2066',
  '\ufeff',
  '𝒳'.repeat(40),
  'x'.repeat(300),
  'x'.repeat(70_000),
  '会'.repeat(5000),
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  '${7*7}{{7*7}}',
  '../../etc/passwd',
  '%00%2e%2e%2f',
  '<script>alert(1)</script>',
  '=HYPERLINK("http://x")',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  'NaN',
  '0x10',
  '9'.repeat(40),
  'true',
  '[object Object]',
  '2026-13-45T99:99:99Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '2026-11-23T10:00:00+99:99',
  'Asia/Shanghai\u0000',
  'Etc/GMT+99',
]

const nastyValues: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  { $gt: '' },
  { toString: 'x', length: -1 },
  { __proto__: null, constructor: { prototype: {} } },
  Array.from({ length: 2000 }, () => 0),
]

/** Anything but what was asked for. */
export function hostile(): Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: fc.constantFrom<unknown>(...nastyStrings), weight: 5 },
    { arbitrary: fc.constantFrom<unknown>(...nastyValues), weight: 4 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 2 },
    { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  )
}

/**
 * Values for a JSON schema: mostly what it asks for, so that calls come past the first check, with something hostile
 * here and there.
 * @param ids what to put where an id is wanted: one's own, other people's, none
 */
export function valuesOf(schema: Schema, ids: Arbitrary<string>, name = ''): Arbitrary<unknown> {
  return fc.oneof({ arbitrary: soundValue(schema, ids, name), weight: 12 }, { arbitrary: hostile(), weight: 1 })
}

function soundValue(schema: Schema, ids: Arbitrary<string>, name: string): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...(schema.enum as unknown[]))
  const either = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (either) return fc.oneof(...either.map((one) => valuesOf(one, ids, name)))
  switch (schema.type) {
    case 'object':
      return objectOf(schema, ids)
    case 'array':
      return fc.array(valuesOf((schema.items ?? {}) as Schema, ids, name), { maxLength: 4 })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(Number(schema.minimum ?? 0), -1000),
        max: Math.min(Number(schema.maximum ?? 1000), 1000),
      })
    default:
      return textOf(schema, ids, name)
  }
}

function objectOf(schema: Schema, ids: Arbitrary<string>): Arbitrary<unknown> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>
  const required = new Set((schema.required ?? []) as string[])
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const value = valuesOf(property, ids, name)
      return [name, required.has(name) ? value : fc.option(value, { nil: undefined })]
    }),
  )
  return fc
    .tuple(
      fc.record(fields),
      fc.option(fc.tuple(fc.constantFrom('__proto__', 'id', 'userId', 'role', 'extra'), hostile()), { freq: 9 }),
    )
    .map(([object, extra]) => (extra ? { ...object, [extra[0]]: extra[1] } : object))
}

function textOf(schema: Schema, ids: Arbitrary<string>, name: string): Arbitrary<unknown> {
  if (name === 'id' || /Ids?$/.test(name)) return ids
  if (schema.format === 'date-time')
    return fc
      .integer({ min: 0, max: 3000 })
      .map((quarter) => new Date(Date.UTC(2026, 10, 23, 2) + quarter * 900_000).toISOString())
  const words = ['周会', 'lilei', 'a', 'member', 'Asia/Shanghai', '13800138000', 'a@b.cn', 'true', 'dXNlcm5hbWU=']
  return fc.oneof(
    fc.constantFrom(...words),
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
}
