/** The city of a page whose town this browser keeps: description, static world and basemap, out of its own store. */
import { parseCity, type City } from '../../twin/city.ts'
import { infoOfTown, readDatasets, readerOf } from '../source/cityPlace.ts'
import { readTiles } from '../source/town/keptTiles.ts'
import { readTownFile } from '../source/town/townStore.ts'
import type { CityFiles } from './cityLoader.ts'

export function townFilesOf(town: string): CityFiles {
  let tiles: Promise<ReturnType<typeof readTiles>> | undefined
  const openTiles = async () => {
    const archive = await readTownFile(town, 'basemap.pmtiles')
    if (archive === undefined) throw new Error(`this browser keeps no town ${town}`)
    return readTiles(archive)
  }
  return {
    info: () => infoOfTown(town),
    // it is here
    ahead() {},
    async city(progress): Promise<City> {
      progress('streets', 0)
      return parseCity(await readDatasets(await infoOfTown(town), readerOf({ town })))
    },
    async tile(z, x, y) {
      tiles ??= openTiles()
      return (await tiles)(z, x, y)
    },
  }
}
