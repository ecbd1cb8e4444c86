/** What holds of the audit on either engine: whatever is changed behind its back, it shows. */
import fc from 'fast-check'
import { sql, type Transaction } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../server/records/audit.ts'
import { Records } from '../../../server/records/records.ts'
import {
  columnsOf,
  keyColumn,
  recordTableNames,
  type Cell,
  type Row,
  type Tables,
} from '../../../server/records/schema.ts'
import { fill, pretend, rowsOf, type TestEngine } from './testEngine.ts'

export function auditFacts(engine: () => TestEngine): void {
  let records: Records

  beforeAll(async () => {
    records = await Records.open(await engine().place())
    await fill(records)
  })
  afterAll(() => records?.close())

  /** The verdict on what `act` did, which is then taken back. */
  const verdictAfter = (act: (db: Transaction<Tables>) => Promise<unknown>) =>
    pretend(records.engine, async (db) => {
      await engine().unguard(db)
      await act(db)
      const verdict = await verifyAudit(db)
      return verdict.isWhole ? 'whole' : verdict.what
    })

  describe('the audit', () => {
    it('is whole, and says where it ends', async () => {
      const audit = await rowsOf(records.engine, 'audit')
      const { seq, hash } = audit[audit.length - 1]
      expect(await records.verify()).toEqual({ isWhole: true, head: { seq, hash } })
      expect(await verdictAfter(async () => undefined)).toBe('whole')
    })

    it.each([
      ['a change', sql`update audit set actor = 'nobody' where seq = 2`],
      ['a removal', sql`delete from audit where seq = 2`],
    ])('refuses %s', async (_what, statement) => {
      await expect(statement.execute(records.engine.db)).rejects.toThrow('only ever added to')
    })

    it('shows any one cell that is changed by one letter or by one, in any table', async () => {
      const places: { table: (typeof recordTableNames)[number]; column: string; row: Row }[] = []
      for (const table of recordTableNames) {
        for (const row of await rowsOf(records.engine, table))
          for (const column of columnsOf(table)) places.push({ table, column, row: row as Row })
      }
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...places),
          fc.nat(),
          fc.constantFrom('x', 'é', ' '),
          async ({ table, column, row }, at, letter) => {
            const changed = changedCell(row[column], at, letter)
            const key = keyColumn(table)
            const verdict = await verdictAfter((db) =>
              sql`update ${sql.table(table)} set ${sql.ref(column)} = ${changed} where ${sql.ref(key)} = ${row[key]}`.execute(
                db,
              ),
            )
            expect(verdict).not.toBe('whole')
          },
        ),
        { numRuns: 60 },
      )
    })

    it('shows any one row that is taken out, of any table', async () => {
      for (const table of recordTableNames) {
        const key = keyColumn(table)
        for (const row of await rowsOf(records.engine, table)) {
          const verdict = await verdictAfter((db) =>
            sql`delete from ${sql.table(table)} where ${sql.ref(key)} = ${row[key]}`.execute(db),
          )
          expect(verdict, `${table} ${String(row[key])}`).not.toBe('whole')
        }
      }
    })

    it('shows a row that was put in', async () => {
      expect(
        await verdictAfter((db) =>
          sql`insert into requests select 'new', "cityId", "serviceCode", lng, lat, description, "filedMs"
            from requests limit 1`.execute(db),
        ),
      ).toBe('request:new is in no row of the audit')
    })

    it('names the first row that is wrong', async () => {
      const breakRows = (db: Transaction<Tables>) =>
        sql`update audit set action = 'nothing' where seq in (5, 3, 8)`.execute(db)
      expect(await verdictAfter(breakRows)).toBe('audit row 3: is not what was written')
      const exchange = async (db: Transaction<Tables>) => {
        for (const [from, to] of [
          [4, -1],
          [6, 4],
          [-1, 6],
        ])
          await sql`update audit set seq = ${to} where seq = ${from}`.execute(db)
      }
      expect(await verdictAfter(exchange)).toBe('audit row 4: does not follow the row before it')
    })
  })
}

function changedCell(cell: Cell, at: number, letter: string): Cell {
  if (typeof cell === 'number') return cell + 1
  if (cell === null || cell === '') return letter
  const place = at % cell.length
  const other = cell[place] === letter ? 'y' : letter
  return `${cell.slice(0, place)}${other}${cell.slice(place + 1)}`.toWellFormed()
}
