/** The log of what happened. */
import { expect, it } from 'vitest'
import { eventKinds, logEvent, makeEventLog } from '../../twin/events.ts'

it('an event overwrites the oldest when the ring is full', () => {
  const log = makeEventLog()
  const rows = log.table.rows
  for (let n = 0; n <= rows; n++) logEvent(log, 'linkClosed', n, n * 50)
  expect(log.count).toBe(rows + 1)
  expect(log.table.columns.row[0]).toBe(rows)
  expect(log.table.columns.row[1]).toBe(1)
  expect(eventKinds[log.table.columns.kind[0]]).toBe('linkClosed')
})
