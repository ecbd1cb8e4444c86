/** What walls were told outlives the server, one wall and one city apart from another; a store that fails or holds nonsense stops nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Records } from '../../../server/records/records.ts'
import { WallsKept } from '../../../server/records/wallsKept.ts'

const camera = { lng: -56.2, lat: -34.9, zoom: 13, bearing: 0, pitch: 0 }
const nothing = () => undefined

test('what a wall was told last is read by the next server of the same city', async () => {
  const stateFolder = mkdtempSync(join(tmpdir(), 'citytwin-walls-'))
  const place = { stateFolder, databaseUrl: undefined }
  const records = await Records.open(place)
  const kept = new WallsKept(records, 'small', nothing)
  kept.keep({ name: 'hall', theme: 'day' })
  kept.keep({ name: 'main', camera })
  kept.keep({ name: 'main', camera, layers: ['power'] })
  await new WallsKept(records, 'other', nothing).read().then((walls) => expect(walls).toEqual([]))
  await kept.settled()
  await records.configure('wall:small:odd', { name: 'odd', camera: 'north' }, 'console')
  await records.close()

  const again = await Records.open(place)
  const walls = await new WallsKept(again, 'small', nothing).read()
  expect(walls.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'hall', theme: 'day' },
    { name: 'main', camera, layers: ['power'] },
  ])
  await again.close()
  rmSync(stateFolder, { recursive: true })
})

test('a store that fails costs a wall its memory, says so, and nothing else', async () => {
  const said: string[] = []
  const away = () => Promise.reject(new Error('the disk is full'))
  const kept = new WallsKept({ configure: away, configuredUnder: away }, 'small', (line) => said.push(line))
  kept.keep({ name: 'main', theme: 'night' })
  await kept.settled()
  expect(await kept.read()).toEqual([])
  expect(said).toHaveLength(2)
})
