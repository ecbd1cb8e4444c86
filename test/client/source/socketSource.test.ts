/** A page of another version is told so. */
import { expect, it } from 'vitest'
import { mismatchOf } from '../../../client/source/socketSource.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { schemaHash } from '../../../twin/protocol/frame.ts'
import { PROTOCOL_VERSION } from '../../../twin/protocol/names.ts'

it('a server of another protocol or other tables is a mismatch', () => {
  const own = { protocol: PROTOCOL_VERSION, schemaHash: schemaHash(publishedTables) }
  expect(mismatchOf(own)).toBeUndefined()
  expect(mismatchOf({ ...own, protocol: PROTOCOL_VERSION + 1 })).toMatch(/protocol/)
  expect(mismatchOf({ ...own, schemaHash: own.schemaHash ^ 1 })).toMatch(/tables/)
})
