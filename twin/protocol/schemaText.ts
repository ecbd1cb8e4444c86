/**
 * Declarations of tables as text, so that what was recorded says itself how it is read:
 *
 *   traffic.links speedMps:f32/0.25 vehicles:u16 isClosed:u8
 *   twin.events kind:u8 row:u32 tick:tick value:f32/0.1
 *
 * One line a table, in the order of the wire; a real column with the quantum it is sent in, 0 for all its bits.
 */
import { real, tableSpec, tickColumn, whole, type ColumnSpec, type TableSpec } from '../kernel/table.ts'
import { simulatedFrom } from '../kernel/provenance.ts'

const wholeTypes = ['u8', 'u16', 'u32', 'i8', 'i16', 'i32'] as const
const NAME = /^[A-Za-z][\w.]{0,63}$/

export function schemaText(specs: readonly TableSpec[]): string {
  const lines = specs.map(({ name, columns }) => {
    const each = Object.entries(columns).map(([column, spec]) => `${column}:${columnText(spec)}`)
    return [name, ...each].join(' ')
  })
  return lines.join('\n')
}

/** Throws with the place when the text is none of `schemaText`'s. The tables' declared provenance is not part of the text. */
export function parseSchema(text: string): TableSpec[] {
  return text.split('\n').map((line) => {
    const [name, ...each] = line.split(' ')
    const columns = each.map((word): [string, ColumnSpec] => {
      const [column, type = ''] = word.split(':')
      if (!NAME.test(column)) throw new Error(`schema: ${name} has a column named ${JSON.stringify(column)}`)
      return [column, parseColumn(type, `${name}.${column}`)]
    })
    if (!NAME.test(name) || columns.length === 0)
      throw new Error(`schema: got ${JSON.stringify(line.slice(0, 80))}, expected a table and its columns`)
    return tableSpec(name, simulatedFrom(), Object.fromEntries(columns))
  })
}

function columnText({ type, quantum, isTick }: ColumnSpec): string {
  if (isTick) return 'tick'
  return type === 'f32' ? `f32/${quantum}` : type
}

function parseColumn(type: string, place: string): ColumnSpec {
  if (type === 'tick') return tickColumn()
  const known = wholeTypes.find((each) => each === type)
  if (known !== undefined) return whole(known)
  const [, quantum] = /^f32\/(\d+(?:\.\d+)?(?:e-\d+)?)$/.exec(type) ?? []
  if (quantum === undefined) throw new Error(`schema: ${place} is ${JSON.stringify(type)}, which is no type`)
  return real(Number(quantum))
}
